import type {
  MilkcountBohCount,
  MilkcountDraftCount,
  MilkcountDraftOnOrder,
  MilkcountFohCount,
  MilkcountMorningCount,
  MilkcountOnOrderCount,
} from "../api/schema";
import { t } from "../i18n";
import type { Kinds } from "../queue/changes";
import type { Step } from "./steps";

/** How the morning counts a milk: what is in the back now, or what was delivered. */
export type Method = "boh_count" | "direct_delivered";

/** What a tap saves at once, of one milk; null clears it. */
export type Draft =
  | { step: "night_foh" | "night_boh" | "on_order"; value: number | null }
  | { step: "morning"; method: Method; value: number | null };

export type MilkChange =
  | { kind: "milk.draft"; sessionId: string; milkId: string; milk: string; draft: Draft }
  | { kind: "milk.foh"; sessionId: string; counts: MilkcountFohCount[] }
  | { kind: "milk.boh"; sessionId: string; counts: MilkcountBohCount[] }
  | { kind: "milk.morning"; sessionId: string; counts: MilkcountMorningCount[] }
  | { kind: "milk.onOrder"; sessionId: string; counts: MilkcountOnOrderCount[] }
  | { kind: "milk.reopen"; sessionId: string; status: Step; reason: string };

const path = (sessionId: string, rest: string) => `/api/milk-count/sessions/${sessionId}/${rest}`;
const touched = [["milk"], ["activity"]] as const;
const touches = () => touched;

function draftBody(milk_type_id: string, draft: Draft): { counts: MilkcountDraftCount[] } | { on_orders: MilkcountDraftOnOrder[] } {
  switch (draft.step) {
    case "night_foh":
      return { counts: [{ milk_type_id, foh_count: draft.value }] };
    case "night_boh":
      return { counts: [{ milk_type_id, boh_count: draft.value }] };
    case "morning":
      return {
        counts: [{ milk_type_id, method: draft.method, [draft.method === "boh_count" ? "current_boh" : "delivered"]: draft.value }],
      };
    case "on_order":
      return { on_orders: [{ milk_type_id, on_order: draft.value }] };
  }
}

export const milkKinds: Kinds<MilkChange> = {
  "milk.draft": {
    request: ({ sessionId, milkId, draft }) => ({ method: "PUT", path: path(sessionId, "draft"), body: draftBody(milkId, draft) }),
    slot: ({ sessionId, milkId, draft }) => `${sessionId} ${milkId} ${draft.step}`,
    touches: () => [], // keepArrived puts it into the last known copy: a load for each tap would hold up the line
    title: ({ milk, draft: { value } }) =>
      value === null ? t("milk.change.cleared", { milk }) : t("milk.change.draft", { milk, n: value }),
  },
  "milk.foh": {
    request: ({ sessionId, counts }) => ({ method: "PUT", path: path(sessionId, "night-foh"), body: { counts } }),
    touches,
    title: () => t("milk.change.foh"),
  },
  "milk.boh": {
    request: ({ sessionId, counts }) => ({ method: "PUT", path: path(sessionId, "night-boh"), body: { counts } }),
    touches,
    title: () => t("milk.change.boh"),
  },
  "milk.morning": {
    request: ({ sessionId, counts }) => ({ method: "PUT", path: path(sessionId, "morning"), body: { counts } }),
    touches,
    title: () => t("milk.change.morning"),
  },
  "milk.onOrder": {
    request: ({ sessionId, counts }) => ({ method: "PUT", path: path(sessionId, "on-order"), body: { on_orders: counts } }),
    touches,
    title: () => t("milk.change.onOrder"),
  },
  "milk.reopen": {
    request: ({ sessionId, status, reason }) => ({
      method: "POST",
      path: path(sessionId, "reopen"),
      body: reason ? { status, reason } : { status },
    }),
    touches,
    title: () => t("milk.change.reopen"),
  },
};
