import { categories, categoryLabel } from "./categories";
import type { Row } from "./overlay";

/** Text without accents, case and a leading #, as people type it. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim().replace(/^#\s*/, "");
}

/** Those whose name, code or category has the text in it. */
export function matching(rows: readonly Row[], text: string): readonly Row[] {
  const wanted = plain(text);
  if (wanted === "") return rows;
  const labels = new Map<string | null, boolean>();
  const inLabel = (category: string | null) => {
    if (!labels.has(category)) labels.set(category, category !== null && plain(categoryLabel(category)).includes(wanted));
    return labels.get(category) === true;
  };
  return rows.filter((row) => row.code.includes(wanted) || plain(row.name).includes(wanted) || inLabel(row.category));
}

/** How many are there in each category, in the order of the contract; other ones at the end. */
export function counts(rows: readonly Row[]): { category: string; count: number }[] {
  const found = new Map<string, number>(categories.map((category) => [category, 0]));
  for (const { state, category } of rows) {
    if (state === "active" && category !== null) found.set(category, (found.get(category) ?? 0) + 1);
  }
  return [...found].map(([category, count]) => ({ category, count }));
}
