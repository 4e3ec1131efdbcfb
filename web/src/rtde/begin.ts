import { api, body } from "../api/client";
import { Unreachable } from "../api/errors";
import { answers } from "../api/queries";
import { session } from "../api/session";
import { flush, takeBack, tryAgain, useLine } from "../queue/queue";
import type { RtdeWrite } from "./data";

/**
 * Sends what waits. A new session, and one that is taken over, takes the place of
 * the one in progress, so a completion on this phone must have arrived before.
 */
async function clearTheWay() {
  await flush(true);
  const userId = session().user?.id;
  const waits = useLine
    .getState()
    .writes.some((one) => one.change.kind === "rtde.complete" && one.state !== "refused" && one.userId === userId);
  if (waits) throw new Unreachable("a completion still waits on this phone");
}

/** Begins a session, in the place of one that is dropped. */
export async function begin(dropped: readonly RtdeWrite[] = []): Promise<string> {
  await clearTheWay();
  const { session_id } = await body(api.POST("/api/rtde/sessions/start", { body: { action: "new" } }));
  for (const write of dropped) await takeBack(write.id);
  await answers.invalidateQueries({ queryKey: ["rtde"] });
  return session_id;
}

/** Another half hour for the session that is gone on with, if there is reception. */
export async function renew() {
  await api.POST("/api/rtde/sessions/start", { body: { action: "resume" } }).catch(() => null); // the next count renews it too
}

/** Goes on with the session of another partner; what was in progress here is dropped. */
export async function takeOver(id: string, dropped: readonly RtdeWrite[] = []): Promise<string> {
  await clearTheWay();
  const { session_id } = await body(api.POST("/api/rtde/sessions/{id}/take-over", { params: { path: { id } } }));
  for (const write of dropped) await takeBack(write.id);
  await answers.invalidateQueries({ queryKey: ["rtde"] });
  return session_id;
}

/** Takes a session back that another partner took over, with what was refused in the meantime. */
export async function takeItBack(id: string, refused: readonly RtdeWrite[]) {
  await takeOver(id);
  for (const write of refused) await tryAgain(write.id);
}
