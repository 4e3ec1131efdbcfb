import type { MilkcountEntry, MilkcountSummaryRow, MilkcountTotals } from "../api/schema";

/** What is left to order, as the server works it out; null counts as nothing. */
export function summarize(
  entries: readonly MilkcountEntry[],
  parOf: (milkId: string) => number,
): { summary: MilkcountSummaryRow[]; totals: MilkcountTotals } {
  const summary = entries.map((entry) => row(entry, parOf(entry.milk_type_id)));
  return { summary, totals: totalsOf(summary) };
}

function row(entry: MilkcountEntry, par: number): MilkcountSummaryRow {
  const foh = entry.foh_count ?? 0;
  const boh = entry.boh_count ?? 0;
  const delivered = deliveredOf(entry) ?? 0;
  const on_order = entry.on_order ?? 0;
  const total = foh + boh + delivered;
  return {
    milk_type: entry.milk_type_name,
    category: entry.milk_type_category,
    foh,
    boh,
    delivered,
    on_order,
    total,
    par,
    order: Math.max(0, par - total - on_order),
    used_overnight: usedOvernight(entry),
  };
}

export function deliveredOf(entry: Pick<MilkcountEntry, "morning_method" | "current_boh" | "boh_count" | "delivered">): number | null {
  if (entry.morning_method !== "boh_count") return entry.delivered;
  return entry.current_boh === null ? null : Math.max(0, entry.current_boh - (entry.boh_count ?? 0));
}

/** Milk that left the back fridges between night and morning, which a delivery of 0 would hide. */
export function usedOvernight(entry: Pick<MilkcountEntry, "morning_method" | "current_boh" | "boh_count">): number {
  if (entry.morning_method !== "boh_count" || entry.current_boh === null) return 0;
  return Math.max(0, (entry.boh_count ?? 0) - entry.current_boh);
}

function totalsOf(rows: readonly MilkcountSummaryRow[]): MilkcountTotals {
  const sum = (field: "foh" | "boh" | "delivered" | "on_order" | "total" | "order") => rows.reduce((all, one) => all + one[field], 0);
  return {
    total_foh: sum("foh"),
    total_boh: sum("boh"),
    total_delivered: sum("delivered"),
    total_on_order: sum("on_order"),
    total_inventory: sum("total"),
    total_order: sum("order"),
  };
}

/** The lines to copy into the order, in the sequence of the shelf. */
export function orderLines(rows: readonly MilkcountSummaryRow[]): { milk: string; n: number }[] {
  return rows.filter((one) => one.order > 0).map((one) => ({ milk: one.milk_type, n: one.order }));
}

const columns = ["foh", "boh", "delivered", "on_order", "total", "par", "order", "used_overnight"] as const;

/** The summary as the server's CSV has it, for a phone without reception. */
export function toCSV(rows: readonly MilkcountSummaryRow[]): string {
  const sums = columns.map((column) => rows.reduce((all, one) => all + one[column], 0));
  const lines = [
    ["milk_type", "category", ...columns],
    ...rows.map((one) => [cell(one.milk_type), one.category, ...columns.map((column) => one[column])]),
    ["Total", "", ...sums],
  ];
  return `\uFEFF${lines.map((line) => `${line.join(",")}\r\n`).join("")}`;
}

/** Quoted where it must be, and never a formula. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
