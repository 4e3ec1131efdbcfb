import { t } from "../i18n";
import type { Kinds } from "../queue/changes";

export type RtdeChange =
  | { kind: "rtde.count"; sessionId: string; itemId: string; name: string; counted: number }
  | { kind: "rtde.pull"; sessionId: string; itemId: string; name: string; pulled: boolean }
  | { kind: "rtde.complete"; sessionId: string };

const path = (sessionId: string, rest: string) => `/api/rtde/sessions/${sessionId}/${rest}`;

export const rtdeKinds: Kinds<RtdeChange> = {
  "rtde.count": {
    request: ({ sessionId, itemId, counted }) => ({
      method: "PUT",
      path: path(sessionId, "count"),
      body: { item_id: itemId, counted_quantity: counted },
    }),
    slot: ({ sessionId, itemId }) => `${sessionId} ${itemId}`,
    touches: ({ sessionId }) => [["rtde", "session", sessionId]],
    title: ({ name, counted }) => t("rtde.change.count", { name, n: counted }),
  },
  "rtde.pull": {
    request: ({ sessionId, itemId, pulled }) => ({
      method: "PUT",
      path: path(sessionId, "pull"),
      body: { item_id: itemId, is_pulled: pulled },
    }),
    slot: ({ sessionId, itemId }) => `${sessionId} ${itemId}`,
    touches: ({ sessionId }) => [["rtde", "session", sessionId]],
    title: ({ name, pulled }) => t(pulled ? "rtde.change.pull" : "rtde.change.unpull", { name }),
  },
  "rtde.complete": {
    request: ({ sessionId }) => ({ method: "POST", path: path(sessionId, "complete") }),
    slot: ({ sessionId }) => sessionId,
    touches: () => [["rtde"], ["activity"]],
    title: () => t("rtde.change.complete"),
  },
};
