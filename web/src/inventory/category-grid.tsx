import { Link } from "@tanstack/react-router";
import { t } from "../i18n";
import { Badge } from "../ui/surface";
import { categoryLabel } from "./categories";
import { counts } from "./filter";
import type { Row } from "./overlay";

/** How much there is of everything. */
export function CategoryGrid({ rows }: { rows: readonly Row[] }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2 md:grid-cols-3 lg:grid-cols-4">
      {counts(rows).map(({ category, count }) => (
        <li key={category}>
          <Link
            to="/tools/tracking/items"
            search={{ category }}
            className="press flex h-full min-h-36 flex-col items-start justify-between gap-2 rounded-card border border-line bg-card p-4"
          >
            <Badge>{categoryLabel(category)}</Badge>
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-5xl font-light tabular-nums">{count}</span>
              <span className="text-soft">{t("inventory.itemsIn", { n: count })}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
