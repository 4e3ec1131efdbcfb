import { create } from "zustand";
import { useLine } from "../queue/queue";
import type { Write } from "../queue/write";
import { type InventoryChange, isInventoryWrite } from "./changes";

/** Something that was just done, as the list under the pad shows it. */
export interface Done {
  /** The write, as it was recorded. */
  id: string;
  userId: string;
  storeId: string | null;
  change: InventoryChange;
  refused: boolean;
  /** The write that undid it, or "back" if it was taken back before it was sent. */
  undoneBy: string | null;
}

const length = 10;

export const useLoop = create<{ done: Done[] }>(() => ({ done: [] }));

export function remember(write: Write) {
  if (!isInventoryWrite(write)) return;
  const { id, userId, storeId, change } = write;
  const entry: Done = { id, userId, storeId, change, refused: false, undoneBy: null };
  useLoop.setState(({ done }) => ({ done: [entry, ...done].slice(0, length) }));
}

export function markUndone(id: string, undoneBy: string) {
  useLoop.setState(({ done }) => ({ done: done.map((one) => (one.id === id ? { ...one, undoneBy } : one)) }));
}

/** What the server has refused and somebody then discarded was never done. */
export function follow(done: readonly Done[], writes: readonly Write[]): Done[] {
  const byId = new Map(writes.map((write) => [write.id, write]));
  return done.flatMap((one) => {
    const write = byId.get(one.id);
    if (!write) return one.refused ? [] : [one];
    return [{ ...one, refused: write.state === "refused" }];
  });
}

useLine.subscribe(({ loaded, writes }) => {
  const { done } = useLoop.getState();
  if (loaded && done.length > 0) useLoop.setState({ done: follow(done, writes) });
});
