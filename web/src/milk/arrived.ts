import { answers, key } from "../api/queries";
import type { MilkcountSessionEntries, MilkcountToday } from "../api/schema";
import { session } from "../api/session";
import { useLine } from "../queue/queue";
import { isMilkWrite, type MilkWrite, overlay, overlaySession } from "./overlay";

let keeping = false;

/**
 * A write leaves the line when the server has it; the last known copy takes it in
 * then, whether or not that could be loaded anew. So no number vanishes from the
 * screen if the reception goes between the two, and a tap need not wait for a load.
 */
export function keepArrived() {
  if (keeping) return;
  keeping = true;
  useLine.subscribe((now, before) => {
    if (now.writes === before.writes) return;
    const left = new Set(now.writes.map((one) => one.id));
    for (const write of before.writes) {
      if (write.state === "sending" && !left.has(write.id) && isMilkWrite(write)) take(write);
    }
  });
}

function take(write: MilkWrite) {
  const { user, storeId } = session();
  if (!user || write.userId !== user.id || write.storeId !== storeId) return;
  const draft = write.change.kind === "milk.draft";
  const today = key("milk", "today");
  if (isBehind(today)) {
    answers.setQueryData<MilkcountToday>(today, (data) =>
      data?.session ? { session: overlaySession(data.session, [write], user) } : data,
    );
  }
  const count = key("milk", "session", write.change.sessionId);
  if (draft || isBehind(count)) answers.setQueryData<MilkcountSessionEntries>(count, (data) => data && overlay(data, [write], user));
  if (draft) void answers.invalidateQueries({ queryKey: count }); // what is on its way may be older
}

/** The copy is older than the write; a save has loaded it anew before it leaves the line, if that was possible. */
function isBehind(queryKey: readonly unknown[]): boolean {
  const state = answers.getQueryState(queryKey);
  return state?.data !== undefined && (state.isInvalidated || state.fetchStatus !== "idle");
}
