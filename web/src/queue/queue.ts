import { create } from "zustand";
import { send } from "../api/client";
import { isPassing, Refused } from "../api/errors";
import { byServer, useReach } from "../api/reach";
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
  void navigator.storage?.persist?.(); // or the browser may clear it when room is short
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
  const write: New = { ...fresh(), userId: user.id, storeId, change };
  try {
    const order = await put(write, (older) => older.state !== "sending" && replaces(write, older));
    return { ...write, order };
  } catch (cause) {
    throw new NotKept("this phone cannot write it down", { cause });
  }
}

/** A change that is neither on the server nor on this phone. */
export class NotKept extends Error {}

type New = Omit<Write, "order">;

const fresh = () => ({ id: newKey(), recordedAt: new Date().toISOString(), state: "waiting", tried: false }) as const;

/** Puts a write at the end of the line, in one transaction with the end of those whose place it takes. */
async function put(write: New, takesPlaceOf: (older: Write) => boolean): Promise<number> {
  const tx = (await phone).transaction("writes", "readwrite", { durability: "strict" });
  for (const older of await tx.store.getAll()) {
    if (takesPlaceOf(older)) await tx.store.delete(older.order);
  }
  const order = await tx.store.add(write as Write);
  await tx.done;
  await changed();
  void flush();
  return order;
}

/** A key that nobody else makes; randomUUID would want TLS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, "0")).join("");
}

function replaces(write: New, older: Write): boolean {
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
  if (write?.state !== "refused") return;
  const { userId, storeId, change } = write;
  await put({ ...fresh(), userId, storeId, change }, (older) => older.id === id);
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
    if (!next || standing !== "in") return;
    if (!navigator.onLine && !useReach.getState().reachable) return; // both say so: what is not sent can be taken back
    if (!(await sendOne(next))) return;
  }
}

/** Sends one write; false holds up the line. */
async function sendOne(write: Write): Promise<boolean> {
  const recordedAt = write.tried ? write.recordedAt : byServer(write.recordedAt); // said once, and then the same
  if (!(await amend(write, { state: "sending", tried: true, recordedAt }))) return true;
  await changed();
  const { method, path, body } = kindOf(write.change).request(write.change);
  const headers: Record<string, string> = {
    "Idempotency-Key": write.id,
    "X-Recorded-At": recordedAt,
  };
  try {
    const answer = await send({ method, path, body, headers }, write);
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

/** Changes a write that is still in the line. False if it was taken back, or replaced, or sent by another tab. */
async function amend(write: Write, by: Partial<Write>): Promise<boolean> {
  const tx = (await phone).transaction("writes", "readwrite");
  const present = await tx.store.get(write.order);
  if (present) await tx.store.put({ ...present, ...by });
  await tx.done;
  return present !== undefined;
}

async function settle(write: Write, error: unknown): Promise<boolean> {
  if (error instanceof Refused && !isPassing(error) && error.status !== 401) {
    const refusal = { status: error.status, message: error.message, requestId: error.requestId };
    await amend(write, { state: "refused", refusal });
    return true;
  }
  await amend(write, { state: "waiting" });
  failures += 1;
  const pause = error instanceof Refused && error.retryAfter ? error.retryAfter * 1000 : Math.min(1000 * 2 ** failures, 30_000);
  nextAttempt = Date.now() + pause;
  return false;
}
