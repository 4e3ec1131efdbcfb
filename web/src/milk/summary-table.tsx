import { Fragment } from "react";
import type { MilkcountSummaryRow, MilkcountTotals } from "../api/schema";
import { t } from "../i18n";
import { categories } from "./sections";
import { OrderPill } from "./summary-cards";

const columns = ["milk.foh", "milk.boh", "milk.delivered", "milk.onOrderShort", "milk.total", "milk.par"] as const;

/** All numbers at a glance, for the office and for paper. */
export function SummaryTable({ rows, totals }: { rows: readonly MilkcountSummaryRow[]; totals: MilkcountTotals }) {
  return (
    <div className="hidden overflow-x-auto rounded-card border border-line bg-card md:block print:block">
      <table className="w-full text-base tabular-nums">
        <caption className="sr-only">{t("milk.summary")}</caption>
        <thead>
          <tr className="border-b border-line text-right">
            <th scope="col" className="px-4 py-3 text-left font-medium">
              {t("milk.milk")}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-4 py-3 font-medium">
                {t(column)}
              </th>
            ))}
            <th scope="col" className="px-4 py-3 font-medium">
              {t("milk.toOrder")}
            </th>
          </tr>
        </thead>
        <tbody>
          {categories.map((category) => {
            const some = rows.filter((row) => row.category === category);
            if (some.length === 0) return null;
            return (
              <Fragment key={category}>
                <tr className="bg-sky-soft text-left">
                  <th colSpan={8} scope="colgroup" className="px-4 py-2 font-medium">
                    {t(`milk.${category}`, { n: some.length })}
                  </th>
                </tr>
                {some.map((row, at) => (
                  <Row key={row.milk_type} row={row} striped={at % 2 === 1} />
                ))}
              </Fragment>
            );
          })}
        </tbody>
        <tfoot>
          <tr className="border-t border-strong-line text-right font-bold">
            <th scope="row" className="px-4 py-3 text-left">
              {t("milk.total")}
            </th>
            {[totals.total_foh, totals.total_boh, totals.total_delivered, totals.total_on_order, totals.total_inventory].map((n, at) => (
              <td key={columns[at]} className="px-4 py-3">
                {n}
              </td>
            ))}
            <td className="px-4 py-3">{rows.reduce((all, row) => all + row.par, 0)}</td>
            <td className="px-4 py-3">{totals.total_order}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Row({ row, striped }: { row: MilkcountSummaryRow; striped: boolean }) {
  return (
    <tr className={`text-right ${striped ? "bg-sunken" : ""}`}>
      <th scope="row" className="px-4 py-2 text-left font-normal">
        {row.milk_type}
        {row.used_overnight > 0 && <span className="block text-sm text-amber">{t("milk.usedOvernight", { n: row.used_overnight })}</span>}
      </th>
      {[row.foh, row.boh, row.delivered, row.on_order, row.total, row.par].map((n, at) => (
        <td key={columns[at]} className="px-4 py-2">
          {n}
        </td>
      ))}
      <td className="px-4 py-2">
        <OrderPill n={row.order} />
      </td>
    </tr>
  );
}
