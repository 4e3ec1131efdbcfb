import type { TrackingItem } from "../api/schema";
import { type Mark, markOf } from "../queue/use";
import type { InventoryWrite } from "./changes";

/** An item as the partner of this phone should see it. */
export interface Row {
  /** One of its kind in a list, also while it is on its way. */
  id: string;
  code: string;
  name: string;
  /** Null for something that was restored without reception, where it is not known. */
  category: string | null;
  addedAt: string;
  addedBy: string | null;
  /** `leaving`: removed on this phone. `refused`: it is only here because the server refused it. */
  state: "active" | "leaving" | "refused";
  mark: Mark;
  /** What of this phone is not known to be done on the server, the oldest first. */
  writes: InventoryWrite[];
}

/**
 * The server's items with the writes of this phone laid over them, newest first.
 * What the server refused changes nothing, but stands at its row with the reason.
 */
export function overlay(items: readonly TrackingItem[], writes: readonly InventoryWrite[]): Row[] {
  const onServer = items.map(rowOf);
  if (writes.length === 0) return onServer;
  const byCode = new Map(onServer.map((row) => [row.code, row]));
  const ours: Row[] = [];
  for (const write of writes) {
    for (const part of parts(write)) {
      const onIt = byCode.get(part.code);
      const row = target([...ours.filter((one) => one.code === part.code), ...(onIt ? [onIt] : [])], part, write);
      if (row) Object.assign(row, apply(row, part, write));
      else if (part.does !== "remove" || write.state === "refused") ours.unshift(apply(blank(part, write), part, write));
    }
  }
  return [...ours, ...onServer];
}

/** Which of those with the code of a change it changes; a thing that is added is a new one. */
function target(rows: Row[], { does, name }: Part, write: InventoryWrite): Row | undefined {
  const active = rows.find((row) => row.state === "active");
  if (does === "restore") return rows.find((row) => row.state === "leaving") ?? active;
  if (does === "remove") return active;
  return write.state === "refused" || active?.name !== name ? undefined : active; // the server has it a moment before the line is shorter
}

interface Part {
  does: "add" | "remove" | "restore";
  code: string;
  name: string;
  category?: string | undefined;
}

/** A change, item by item; a delivery that was refused is one thing, with one reason. */
function parts({ change, state }: InventoryWrite): Part[] {
  if (change.kind === "item.delivery") {
    const adds = change.items.map(({ code, name, category }): Part => ({ does: "add", code: code ?? "", name, category }));
    return state === "refused" ? adds.slice(0, 1).map((one) => ({ ...one, name: `${change.name} × ${adds.length}` })) : adds;
  }
  const does = ({ "item.add": "add", "item.remove": "remove", "item.restore": "restore" } as const)[change.kind];
  return [{ does, code: change.code, name: change.name, category: change.category }];
}

function blank(part: Part, write: InventoryWrite): Row {
  return {
    id: `${write.id} ${part.code}`,
    code: part.code,
    name: part.name,
    category: part.category ?? null,
    addedAt: write.recordedAt,
    addedBy: null,
    state: "refused",
    mark: "server",
    writes: [],
  };
}

function apply(row: Row, part: Part, write: InventoryWrite): Row {
  const writes = [...row.writes, write];
  const state = write.state === "refused" ? row.state : part.does === "remove" ? "leaving" : "active";
  return { ...row, state, writes, mark: markOf(writes) };
}

function rowOf(item: TrackingItem): Row {
  return {
    id: item.id,
    code: item.code,
    name: item.name,
    category: item.category,
    addedAt: item.added_at,
    addedBy: item.added_by_name,
    state: "active",
    mark: "server",
    writes: [],
  };
}

/** The one that has a code now. */
export function holderOf(rows: readonly Row[], code: string): Row | undefined {
  return rows.find((row) => row.code === code && row.state === "active");
}
