import type { TrackingBatchItem } from "../api/schema";
import { t } from "../i18n";
import type { Kinds } from "../queue/changes";
import type { Write } from "../queue/write";

export type InventoryChange =
  | { kind: "item.add"; name: string; category: string; code: string }
  | { kind: "item.remove"; code: string; name: string; category?: string | undefined }
  | { kind: "item.restore"; code: string; name: string; category?: string | undefined }
  | { kind: "item.delivery"; name: string; items: TrackingBatchItem[] };

export type InventoryWrite = Write & { change: InventoryChange };

export function isInventoryWrite(write: Write): write is InventoryWrite {
  return write.change.kind in inventoryKinds;
}

/** The codes that a change is about. */
export function codesOf(change: InventoryChange): string[] {
  return change.kind === "item.delivery" ? change.items.flatMap((one) => one.code ?? []) : [change.code];
}

/** What undoes a change that the server has. */
export function inverseOf(change: InventoryChange): InventoryChange[] {
  if (change.kind === "item.remove") return [{ ...change, kind: "item.restore" }];
  if (change.kind === "item.delivery") {
    return change.items.flatMap(({ name, category, code }) => (code ? { kind: "item.remove" as const, name, category, code } : []));
  }
  return [{ ...change, kind: "item.remove" }];
}

const touched = [["items"], ["item"], ["inventory-history"], ["activity"]] as const;
const touches = () => touched;

export const inventoryKinds: Kinds<InventoryChange> = {
  "item.add": {
    request: ({ name, category, code }) => ({ method: "POST", path: "/api/tracking/items", body: { name, category, code } }),
    touches,
    title: ({ name, code }) => t("inventory.change.add", { name, code }),
  },
  "item.remove": {
    request: ({ code }) => ({ method: "DELETE", path: `/api/tracking/items/${code}` }),
    touches,
    title: ({ name, code }) => t("inventory.change.remove", { name, code }),
  },
  "item.restore": {
    request: ({ code }) => ({ method: "POST", path: `/api/tracking/items/${code}/restore` }),
    touches,
    title: ({ name, code }) => t("inventory.change.restore", { name, code }),
  },
  "item.delivery": {
    request: ({ items }) => ({ method: "POST", path: "/api/tracking/items/batch", body: { items } }),
    touches,
    title: ({ name, items }) => t("inventory.change.delivery", { name, n: items.length }),
  },
};
