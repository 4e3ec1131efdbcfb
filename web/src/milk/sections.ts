import type { MilkcountEntry } from "../api/schema";

export const categories = ["dairy", "non_dairy"] as const;

/** The milks by where they stand; no section is empty. */
export function sections(entries: readonly MilkcountEntry[]) {
  return categories
    .map((category) => ({ category, entries: entries.filter((entry) => entry.milk_type_category === category) }))
    .filter((section) => section.entries.length > 0);
}
