import type { TrackingHistory } from "../api/schema";
import { type Mark, markOf } from "../queue/use";
import type { InventoryWrite } from "./changes";

export type Action = TrackingHistory["action"];

/** A line of the history, of the server or still on this phone. */
export interface Entry {
  id: string;
  action: Action;
  code: string;
  name: string;
  who: string;
  at: string;
  mark: Mark;
  writes: InventoryWrite[];
}

export interface Choice {
  action: Action | null;
  /** As far as it is typed. */
  code: string;
}

/** What this phone did and the server does not know, then what the server knows; newest first. */
export function entries(
  history: readonly TrackingHistory[],
  writes: readonly InventoryWrite[],
  me: string,
  { action, code }: Choice,
): Entry[] {
  const ours = writes.flatMap((write) => entriesOf(write, me)).reverse();
  const theirs = history.map((one): Entry => {
    return {
      id: one.id,
      action: one.action,
      code: one.item_code,
      name: one.item_name,
      who: one.user_name,
      at: one.timestamp,
      mark: "server",
      writes: [],
    };
  });
  return [...ours, ...theirs].filter((one) => (action === null || one.action === action) && one.code.includes(code));
}

function entriesOf(write: InventoryWrite, who: string): Entry[] {
  const { change, id, recordedAt: at } = write;
  const common = { who, at, mark: markOf([write]) };
  if (change.kind !== "item.delivery") {
    const action = ({ "item.add": "ADD", "item.remove": "REMOVE", "item.restore": "RESTORE" } as const)[change.kind];
    return [{ ...common, id, action, code: change.code, name: change.name, writes: [write] }];
  }
  return change.items.map(({ code, name }, place) => ({
    ...common,
    id: `${id} ${place}`,
    action: "ADD" as const,
    code: code ?? "",
    name,
    writes: place === change.items.length - 1 ? [write] : [], // one reason is enough, at the top
  }));
}

/** The entries that are the last word on their code: those alone can be undone. */
export function lastWords(list: readonly Entry[]): Set<string> {
  const seen = new Set<string>();
  const last = new Set<string>();
  for (const { id, code, mark } of list) {
    if (mark === "refused" || seen.has(code)) continue;
    seen.add(code);
    last.add(id);
  }
  return last;
}
