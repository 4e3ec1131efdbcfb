import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { AuditEntry } from "../api/schema";
import { t } from "../i18n";
import { type Difference, differences } from "./differences";

/** As many as the server tells. */
export const most = 30;

/** What admins changed, newest first. */
export function useChanges() {
  return useQuery({
    queryKey: key("audit"),
    queryFn: () => body(api.GET("/api/admin/activity", { params: { query: { limit: most } } })),
    refetchInterval: 60_000, // no event tells of all of them
  });
}

const titles = [
  "user_created",
  "user_deleted",
  "user_updated",
  "user_approved",
  "pin_reset",
  "refresh_token_reused",
  "store_created",
  "store_updated",
  "milk_par_updated",
  "milk_type_updated",
  "milk_session_reopened",
  "milk_session_corrected",
  "rtde_item_created",
  "rtde_item_updated",
  "rtde_item_deleted",
  "rtde_items_reordered",
] as const;

const fields = [
  "name",
  "role",
  "status",
  "number",
  "timezone",
  "business_day_start",
  "morning_count_cutoff",
  "display_order",
  "active",
  "brand",
  "icon",
  "image_filename",
  "par_level",
  "value",
  "step",
] as const;

/** Those of which our words are not the server's own. Names of partners and things are no words of ours. */
const wordsOf: Record<string, readonly string[]> = {
  role: ["staff", "admin"],
  status: ["active", "pending", "locked", "deleted"],
  step: ["night_foh", "night_boh", "morning", "on_order", "completed"],
  active: ["true", "false"],
};

function known<K extends string>(list: readonly K[], one: string): one is K {
  return (list as readonly string[]).includes(one);
}

/** What was done, in the partner's language; a newer server may do what we have no words for. */
export function titleOf({ type, title }: AuditEntry): string {
  return known(titles, type) ? t(`admin.change.${type}`) : title;
}

export function authorOf({ admin_name }: AuditEntry): string {
  return admin_name === "System" || admin_name === "Self sign-up" ? t(`admin.by.${admin_name}`) : admin_name;
}

function wordFor(field: string, value: unknown): string {
  const text = value === undefined || value === null || value === "" ? "–" : String(value);
  return wordsOf[field]?.includes(text) ? t(`admin.value.${text as "true"}`) : text;
}

/** "Par", "9", "12" */
export interface ToldDifference {
  what: string;
  from: string;
  to: string;
}

function told({ field, from, to }: Difference): ToldDifference {
  return { what: known(fields, field) ? t(`admin.field.${field}`) : field, from: wordFor(field, from), to: wordFor(field, to) };
}

export const differencesOf = (entry: AuditEntry): ToldDifference[] => differences(entry).map(told);

export const groups = ["users", "milk", "rtde", "stores"] as const;
export type Group = (typeof groups)[number];

/** What a change is about. */
export function groupOf(type: string): Group {
  if (type.startsWith("milk_")) return "milk";
  if (type.startsWith("rtde_")) return "rtde";
  return type.startsWith("store_") ? "stores" : "users";
}
