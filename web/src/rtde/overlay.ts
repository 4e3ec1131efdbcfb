import type { RtdeSessionItems } from "../api/schema";
import type { Write } from "../queue/write";
import type { RtdeChange } from "./changes";

/** An item of the display, as far as this phone knows. */
export interface Line {
  itemId: string;
  name: string;
  brand: string | null;
  icon: string | null;
  par: number;
  /** Null is not counted; zero is a count. */
  counted: number | null;
  /** What is missing to par; an item that nobody counted may miss everything. */
  need: number;
  pulled: boolean;
}

export interface Sheet {
  lines: Line[];
  /** When the session rests, in milliseconds; every write puts it off. */
  restsAt: number;
}

/** The part of a write that matters here. */
export type Pending = Pick<Write, "recordedAt"> & { change: RtdeChange };

const lifetime = 30 * 60_000; // milliseconds without work

/** The server's copy of a session, with what was done on this phone laid over it. */
export function overlay({ session, items }: RtdeSessionItems, pending: readonly Pending[]): Sheet {
  const counts = new Map<string, number>();
  const pulls = new Map<string, boolean>();
  let restsAt = Date.parse(session.expires_at);
  for (const { change, recordedAt } of pending) {
    if (change.sessionId !== session.id) continue;
    if (change.kind === "rtde.count") counts.set(change.itemId, change.counted);
    if (change.kind === "rtde.pull") pulls.set(change.itemId, change.pulled);
    restsAt = Math.max(restsAt, Date.parse(recordedAt) + lifetime);
  }
  const lines = items.map((item): Line => {
    const counted = counts.get(item.item_id) ?? (item.is_counted ? item.counted_quantity : null);
    return {
      itemId: item.item_id,
      name: item.name,
      brand: item.brand,
      icon: item.icon,
      par: item.par_level,
      counted,
      need: Math.max(0, item.par_level - (counted ?? 0)),
      pulled: pulls.get(item.item_id) ?? item.is_pulled,
    };
  });
  return { lines, restsAt };
}

export const isCounted = (line: Line) => line.counted !== null;

/** What to fetch from the back: items that were counted and are short of par. */
export function pullList(lines: readonly Line[]): Line[] {
  return lines.filter((line) => isCounted(line) && line.need > 0);
}

export interface Totals {
  counted: number;
  pulled: number;
  units: number;
}

/** What the server will write down of the session, by the same rules. */
export function totals(lines: readonly Line[]): Totals {
  const pulled = lines.filter((line) => line.pulled);
  return {
    counted: lines.filter(isCounted).length,
    pulled: pulled.length,
    units: pulled.reduce((units, line) => units + line.need, 0),
  };
}

/** Where to begin: at the first item that is not counted. */
export function firstBlank(lines: readonly Line[]): Line | undefined {
  return lines.find((line) => !isCounted(line));
}
