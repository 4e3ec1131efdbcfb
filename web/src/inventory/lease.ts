import { create } from "zustand";
import { api, body } from "../api/client";
import { session } from "../api/session";
import { inTurn } from "../api/turn";
import { kept } from "../queue/database";

/** A code that the server holds for the partner of this phone. */
export interface Leased {
  code: string;
  until: string;
  /** On something that was saved, or shown for a delivery: not to be offered again. */
  spent?: boolean;
}

const hour = 60 * 60_000;
const ttlMinutes = 2880; // the longest that the server grants
const renewBefore = 12 * hour; // a code that lapses sooner is no provision for a shift
const lapseBefore = 5 * 60_000;

/** What can still be used at all. */
export function alive(lease: readonly Leased[], now: number): Leased[] {
  return lease.filter((one) => Date.parse(one.until) - now > lapseBefore);
}

/** What can be offered, the one that lapses first at the front. */
export function unspent(lease: readonly Leased[], now: number): Leased[] {
  return alive(lease, now)
    .filter((one) => !one.spent)
    .sort((a, b) => Date.parse(a.until) - Date.parse(b.until) || a.code.localeCompare(b.code));
}

/** How many codes to ask for, so that as many as wanted will last. */
export function missing(lease: readonly Leased[], wanted: number, now: number): number {
  const lasting = unspent(lease, now).filter((one) => Date.parse(one.until) - now > renewBefore);
  return Math.max(0, wanted - lasting.length);
}

/** Marks codes as spent, or as free to be offered again. */
export function marked(lease: readonly Leased[], codes: readonly string[], spent: boolean): Leased[] {
  return lease.map((one) => (codes.includes(one.code) ? { ...one, spent } : one));
}

interface Provision {
  /** Whose codes these are; null until they are read from the phone. */
  owner: string | null;
  lease: Leased[];
  asking: boolean;
  failure: unknown;
}

export const useLease = create<Provision>(() => ({ owner: null, lease: [], asking: false, failure: null }));

const ownerNow = () => {
  const { user, storeId } = session();
  return user ? `${user.id} ${storeId ?? "home"}` : null;
};

const placeOf = (owner: string) => `lease ${owner}`;

/** Changes the kept lease, one tab at a time, and throws away what has lapsed. */
async function change(owner: string, how: (lease: Leased[]) => Leased[]): Promise<Leased[]> {
  return inTurn("sirenbase-lease", async () => {
    const lease = how(alive((await kept.get<Leased[]>(placeOf(owner))) ?? [], Date.now()));
    await kept.set(placeOf(owner), lease);
    if (owner === ownerNow()) useLease.setState({ owner, lease });
    return lease;
  });
}

/** Sees to it that the phone has that many codes in hand, as far as the server is reached. */
export async function provide(wanted: number): Promise<Leased[]> {
  const owner = ownerNow();
  if (!owner) return [];
  const have = await change(owner, (lease) => lease);
  if (missing(have, wanted, Date.now()) === 0) return unspent(have, Date.now());
  // Saving never waits for this lock, which is held for as long as the server takes.
  return inTurn("sirenbase-lease-ask", () => ask(owner, wanted));
}

async function ask(owner: string, wanted: number): Promise<Leased[]> {
  const have = await change(owner, (lease) => lease);
  const count = Math.min(100, missing(have, wanted, Date.now()));
  if (count === 0) return unspent(have, Date.now());
  useLease.setState({ asking: true });
  try {
    const { codes, expires_at } = await body(api.POST("/api/tracking/codes", { body: { count, ttl_minutes: ttlMinutes } }));
    const got = codes.map((code) => ({ code, until: expires_at }));
    const lease = await change(owner, (before) => [...before.filter((one) => !codes.includes(one.code)), ...got]);
    useLease.setState({ failure: null });
    return unspent(lease, Date.now());
  } catch (failure) {
    useLease.setState({ failure });
    return unspent(have, Date.now());
  } finally {
    useLease.setState({ asking: false });
  }
}

/** What is in hand for the partner of this phone; undefined until it is read. */
export function useCodesInHand(): Leased[] | undefined {
  const { owner, lease } = useLease();
  return owner === ownerNow() ? unspent(lease, Date.now()) : undefined;
}

export async function spend(codes: readonly string[]) {
  await mark(codes, true);
}

export async function unspend(codes: readonly string[]) {
  await mark(codes, false);
}

async function mark(codes: readonly string[], spent: boolean) {
  const owner = ownerNow();
  if (owner) await change(owner, (lease) => marked(lease, codes, spent));
}
