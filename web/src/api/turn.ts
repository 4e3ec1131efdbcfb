const tails = new Map<string, Promise<unknown>>();

/**
 * Does one thing at a time of a name, in all tabs. Where the browser has no locks,
 * which is so without TLS, in this tab alone.
 */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return (await navigator.locks.request(name, work)) as T;
  const before = tails.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  tails.set(name, mine);
  return mine;
}

/** Does it only if no other tab is at it. */
export async function ifFree(name: string, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}
