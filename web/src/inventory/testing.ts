import type { TrackingHistory, TrackingItem } from "../api/schema";
import type { Write } from "../queue/write";
import type { InventoryChange, InventoryWrite } from "./changes";

export function item(code: string, name: string, category = "syrups"): TrackingItem {
  return {
    id: `item ${code}`,
    code,
    name,
    category,
    added_by: "u1",
    added_by_name: "Sam Rivera",
    added_at: "2026-01-05T22:41:07.123456Z",
    is_removed: false,
    removed_at: null,
    removed_by: null,
    removed_by_name: null,
  };
}

let order = 0;

export function write(change: InventoryChange, state: Write["state"] = "waiting"): InventoryWrite {
  order += 1;
  const common = {
    order,
    id: `w${order}`,
    recordedAt: "2026-01-06T10:00:00.000Z",
    userId: "u1",
    storeId: null,
    change,
    tried: state !== "waiting",
  };
  return state === "refused" ? { ...common, state, refusal: { status: 400, message: "No", requestId: null } } : { ...common, state };
}

export const add = (code: string, name: string): InventoryChange => ({ kind: "item.add", code, name, category: "syrups" });
export const remove = (code: string, name: string): InventoryChange => ({ kind: "item.remove", code, name });
export const restore = (code: string, name: string): InventoryChange => ({ kind: "item.restore", code, name });

export function delivery(name: string, ...codes: string[]): InventoryChange {
  return { kind: "item.delivery", name, items: codes.map((code) => ({ name, category: "syrups", code })) };
}

export function entry(action: TrackingHistory["action"], code: string, name: string): TrackingHistory {
  return {
    id: `${action} ${code}`,
    action,
    item_code: code,
    item_name: name,
    user_id: "u2",
    user_name: "Maya Lopez",
    timestamp: "2026-01-05T23:00:00.000000Z",
    received_at: "2026-01-05T23:00:00.000000Z",
    notes: null,
  };
}
