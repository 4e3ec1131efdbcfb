import type { TrackingHistory, TrackingItemStory } from "../api/schema";
import { codesOf, type InventoryWrite } from "./changes";
import { holderOf, type Row } from "./overlay";

/** What the pad knows of a code. */
export type Found =
  | { is: "active"; name: string; category: string | null; row: Row | null }
  | { is: "removed"; name: string; category?: string | undefined; who: string | null; at: string }
  | { is: "free" }
  /** Not on this phone's list, and the server cannot be asked. */
  | { is: "unknown" }
  | { is: "looking" };

interface Known {
  rows: readonly Row[] | undefined;
  writes: readonly InventoryWrite[];
  removals: readonly TrackingHistory[] | undefined;
  /** The server's word: undefined until it came, null for a code that never was used. */
  story: TrackingItemStory | null | undefined;
  /** Whether that word is still to be expected. */
  asking: boolean;
}

export function lookUp(code: string, { rows, writes, removals, story, asking }: Known): Found {
  const row = rows && holderOf(rows, code);
  if (row) return { is: "active", name: row.name, category: row.category, row };
  const here = lastHere(code, writes);
  if (here) return here;
  if (story) return told(story);
  if (story === null) return { is: "free" };
  if (asking) return { is: "looking" };
  const removal = removals?.find((one) => one.item_code === code);
  return removal ? { is: "removed", name: removal.item_name, who: removal.user_name, at: removal.timestamp } : { is: "unknown" };
}

/** What this phone did last to the code; a removal leaves it free to be restored. */
function lastHere(code: string, writes: readonly InventoryWrite[]): Found | undefined {
  const last = writes.findLast((one) => one.state !== "refused" && codesOf(one.change).includes(code));
  if (!last) return undefined;
  const { change, recordedAt: at } = last;
  if (change.kind === "item.remove") return { is: "removed", name: change.name, category: change.category, who: null, at };
  return { is: "active", name: change.name, category: null, row: null };
}

function told({ item }: TrackingItemStory): Found {
  if (!item.is_removed) return { is: "active", name: item.name, category: item.category, row: null };
  return { is: "removed", name: item.name, category: item.category, who: item.removed_by_name, at: item.removed_at ?? item.added_at };
}
