import type { MilkcountEntry } from "../api/schema";
import { t } from "../i18n";
import { record } from "../queue/queue";
import { Counter } from "../ui/counter";
import { useOwn } from "./own";
import { MilkRow } from "./row";
import { type RowProps, StepPage } from "./step-page";

const onOrderOf = (entry: MilkcountEntry) => entry.on_order;

export function OnOrderPage() {
  return (
    <StepPage
      step="on_order"
      title={t("milk.onOrder")}
      next={t("milk.saveOnOrder")}
      blanks={{ sentence: t("milk.blanksOnOrder"), without: t("milk.saveNothingElse") }}
      numberOf={onOrderOf}
      saveOf={(sessionId, entries) => ({
        kind: "milk.onOrder",
        sessionId,
        counts: entries.map((one) => ({ milk_type_id: one.milk_type_id, on_order: one.on_order ?? 0 })),
      })}
      Row={OnOrderRow}
      intro={<p className="px-1 text-soft">{t("milk.onOrderIntro")}</p>}
    />
  );
}

function OnOrderRow({ entry, count, writes }: RowProps) {
  const { milk_type_id: milkId, milk_type_name: milk, on_order: value } = entry;
  const own = useOwn(value, (next) =>
    record({ kind: "milk.draft", sessionId: count.id ?? "", milkId, milk, draft: { step: "on_order", value: next } }),
  );
  return (
    <MilkRow
      entry={entry}
      value={value}
      writes={writes}
      counter={
        <div {...own.around}>
          <Counter value={own.shown} onChange={own.change} name={milk} />
        </div>
      }
    />
  );
}
