import { ChevronDown } from "lucide-react";
import type { MilkcountSummaryRow, MilkcountTotals } from "../api/schema";
import { t } from "../i18n";
import { Card } from "../ui/surface";
import { categories } from "./sections";

/** A card for each milk, for the phone. Its order is seen at once, the rest when it is opened. */
export function SummaryCards({ rows, totals }: { rows: readonly MilkcountSummaryRow[]; totals: MilkcountTotals }) {
  return (
    <div className="flex flex-col gap-4 md:hidden print:hidden">
      {categories.map((category) => {
        const some = rows.filter((row) => row.category === category);
        if (some.length === 0) return null;
        return (
          <section key={category} className="flex flex-col gap-1.5">
            <h2 className="px-1 text-base font-medium">{t(`milk.${category}`, { n: some.length })}</h2>
            {some.map((row) => (
              <MilkCard key={row.milk_type} row={row} />
            ))}
          </section>
        );
      })}
      <Card className="flex flex-wrap justify-between gap-x-4 gap-y-1">
        <span>{t("milk.inStore", { n: totals.total_inventory })}</span>
        <span>{t("milk.orderTotal", { n: totals.total_order })}</span>
      </Card>
    </div>
  );
}

function MilkCard({ row }: { row: MilkcountSummaryRow }) {
  const tiles = [
    ["milk.foh", row.foh],
    ["milk.boh", row.boh],
    ["milk.delivered", row.delivered],
    ["milk.onOrderShort", row.on_order],
    ["milk.total", row.total],
    ["milk.par", row.par],
  ] as const;
  return (
    <details className="group rounded-card border border-line bg-card">
      <summary className="flex min-h-14 cursor-pointer list-none flex-wrap items-center gap-3 px-4 py-2 [&::-webkit-details-marker]:hidden">
        <ChevronDown aria-hidden className="size-5 shrink-0 transition-transform group-open:rotate-180" />
        <span className="min-w-0 flex-1 text-lg">{row.milk_type}</span>
        <OrderPill n={row.order} />
      </summary>
      <dl className="grid grid-cols-2 gap-2 px-4 pb-4 min-[360px]:grid-cols-3">
        {tiles.map(([name, n]) => (
          <div key={name} className="rounded-field bg-sunken px-2 py-2 text-center">
            <dt className="text-sm text-soft">{t(name)}</dt>
            <dd className="text-xl font-bold tabular-nums">{n}</dd>
          </div>
        ))}
      </dl>
      {row.used_overnight > 0 && <p className="px-4 pb-4 text-amber">{t("milk.usedOvernight", { n: row.used_overnight })}</p>}
    </details>
  );
}

export function OrderPill({ n }: { n: number }) {
  return (
    <span
      className={`inline-flex min-w-10 justify-center rounded-full px-3 py-0.5 font-mono text-lg font-bold tabular-nums ${n > 0 ? "bg-solid text-on-solid" : "bg-sunken text-soft"}`}
    >
      <span className="sr-only">{t("milk.toOrder")}: </span>
      {n}
    </span>
  );
}
