import { create } from "zustand";
import { send } from "../api/client";
import { isPassing, Refused } from "../api/errors";
import { useReach } from "../api/reach";
import { session, useSession } from "../api/session";
import { ifFree } from "../api/turn";
import { type Change, kindOf } from "./changes";
import { phone } from "./database";
import type { Write } from "./write";

/**
 * The line of writes, in memory what it is in the database of the phone. Writes
 * are sent one after the other, in the order in which they were made, by one tab
 * at a time. A write that cannot reach the server holds up the line; one that the
 * server refuses steps aside, and stays until a person has dealt with it.
 */
interface Line {
  loaded: boolean;
  writes: Write[];
  /** How many have arrived since the line was last empty. */
  sent: number;
}

export const useLine = create<Line>(() => ({ loaded: false, writes: [], sent: 0 }));

const line = () => useLine.getState();
const tabs = new BroadcastChannel("sirenbase-writes");

/** Called when a write has arrived, before it leaves the line. */
type Arrival = (write: Write, answer: unknown) => Promise<void>;
let onArrival: Arrival = async () => {};

export async function startQueue(arrival: Arrival) {
  onArrival = arrival;
  await load();
  tabs.onmessage = () => void load();
  addEventListener("online", () => void flush(true));
  addEventListener("focus", () => void flush());
  document.addEventListener("visibilitychange", () => void flush());
  useSession.subscribe((now, before) => {
    if (now.standing === "in" && (before.standing !== "in" || now.token !== before.token)) void flush();
  });
  useReach.subscribe(({ reachable }) => {
    if (reachable) void flush(true);
  });
  setInterval(() => void flush(), 5_000);
  void flush();
}

async function load() {
  const writes = await (await phone).getAll("writes");
  useLine.setState({ loaded: true, writes });
}

async function changed() {
  await load();
  tabs.postMessage("changed");
}

/** Writes a change down, and sends it as soon as that is possible. */
export async function record(change: Change): Promise<Write> {
  const { user, storeId } = session();
  if (!user) throw new Error("nobody is logged in");
  const write: Omit<Write, "order"> = {
    id: newKey(),
    recordedAt: new Date().toISOString(),
    userId: user.id,
    storeId,
    change,
    state: "waiting",
    tried: false,
  };
  const db = await phone;
  const tx = db.transaction("writes", "readwrite");
  for (const older of await tx.store.getAll()) {
    if (older.state === "waiting" && replaces(write, older)) await tx.store.delete(older.order);
  }
  const order = await tx.store.add(write as Write);
  await tx.done;
  await changed();
  void flush();
  return { ...write, order };
}

/** A key that nobody else makes; randomUUID would want TLS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, "0")).join("");
}

function replaces(write: Omit<Write, "order">, older: Write): boolean {
  const slot = kindOf(write.change).slot?.(write.change);
  return (
    slot !== undefined &&
    older.userId === write.userId &&
    older.storeId === write.storeId &&
    older.change.kind === write.change.kind &&
    kindOf(older.change).slot?.(older.change) === slot
  );
}

/** Takes a write back that the server cannot have. False: it is too late for that. */
export async function takeBack(id: string): Promise<boolean> {
  const db = await phone;
  const tx = db.transaction("writes", "readwrite");
  const write = (await tx.store.getAll()).find((one) => one.id === id && (one.state === "refused" || !one.tried));
  if (write) await tx.store.delete(write.order);
  await tx.done;
  await changed();
  return write !== undefined;
}

/** Sends a refused write again, as a new one that was made now. */
export async function tryAgain(id: string) {
  const write = line().writes.find((one) => one.id === id);
  if (!write || !(await takeBack(id))) return;
  await record(write.change);
}

let flushing: Promise<void> | null = null;
let nextAttempt = 0;
let failures = 0;

/** Sends what waits. It returns when the line is empty, or held up. */
export function flush(force = false): Promise<void> {
  if (!force && Date.now() < nextAttempt) return Promise.resolve();
  flushing ??= ifFree("sirenbase-writes", sendAll).finally(() => {
    flushing = null;
  });
  return flushing;
}

async function sendAll() {
  for (;;) {
    await load();
    const { user, standing } = session();
    const next = line().writes.find((one) => one.state !== "refused" && one.userId === user?.id);
    if (!next || standing !== "in" || !navigator.onLine) return;
    if (!(await sendOne(next))) return;
  }
}

/** Sends one write; false holds up the line. */
async function sendOne(write: Write): Promise<boolean> {
  if (!(await claim(write))) return true;
  await changed();
  const { method, path, body } = kindOf(write.change).request(write.change);
  const headers: Record<string, string> = {
    "Idempotency-Key": write.id,
    "X-Recorded-At": write.recordedAt,
  };
  if (write.storeId) headers["X-Store-ID"] = write.storeId;
  try {
    const answer = await send({ method, path, body, headers });
    failures = 0;
    nextAttempt = 0;
    await onArrival(write, answer).catch(() => {}); // a view that could not be refreshed is no failed write
    await (await phone).delete("writes", write.order);
    useLine.setState({ sent: line().sent + 1 });
    return true;
  } catch (error) {
    return await settle(write, error);
  } finally {
    await changed();
  }
}

/** False if the write was taken back, or replaced, a moment ago. */
async function claim(write: Write): Promise<boolean> {
  const tx = (await phone).transaction("writes", "readwrite");
  const present = await tx.store.get(write.order);
  if (present) await tx.store.put({ ...present, state: "sending", tried: true });
  await tx.done;
  return present !== undefined;
}

async function settle(write: Write, error: unknown): Promise<boolean> {
  const db = await phone;
  if (error instanceof Refused && !isPassing(error) && error.status !== 401) {
    const refusal = { status: error.status, message: error.message, requestId: error.requestId };
    await db.put("writes", { ...write, state: "refused", tried: true, refusal });
    return true;
  }
  await db.put("writes", { ...write, state: "waiting", tried: true });
  failures += 1;
  const pause = error instanceof Refused && error.retryAfter ? error.retryAfter * 1000 : Math.min(1000 * 2 ** failures, 30_000);
  nextAttempt = Date.now() + pause;
  return false;
}
