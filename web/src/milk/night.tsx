import type { MilkcountEntry } from "../api/schema";
import { t } from "../i18n";
import { record } from "../queue/queue";
import { Counter } from "../ui/counter";
import { useOwn } from "./own";
import { MilkRow } from "./row";
import { type RowProps, StepPage } from "./step-page";

const fohOf = (entry: MilkcountEntry) => entry.foh_count;
const bohOf = (entry: MilkcountEntry) => entry.boh_count;

export function FohPage() {
  return (
    <StepPage
      step="night_foh"
      title={t("milk.night")}
      pill="FOH"
      next={t("milk.saveFoh")}
      blanks={{ sentence: t("milk.blanksSentence"), without: t("milk.saveWithout") }}
      numberOf={fohOf}
      saveOf={(sessionId, entries) => ({
        kind: "milk.foh",
        sessionId,
        counts: entries.map((one) => ({ milk_type_id: one.milk_type_id, foh_count: one.foh_count ?? 0 })),
      })}
      Row={FohRow}
    />
  );
}

export function BohPage() {
  return (
    <StepPage
      step="night_boh"
      title={t("milk.night")}
      pill="BOH"
      next={t("milk.saveBoh")}
      blanks={{ sentence: t("milk.blanksSentence"), without: t("milk.saveWithout") }}
      numberOf={bohOf}
      saveOf={(sessionId, entries) => ({
        kind: "milk.boh",
        sessionId,
        counts: entries.map((one) => ({ milk_type_id: one.milk_type_id, boh_count: one.boh_count ?? 0 })),
      })}
      Row={BohRow}
    />
  );
}

function FohRow(props: RowProps) {
  return <NightRow {...props} step="night_foh" value={props.entry.foh_count} />;
}

function BohRow(props: RowProps) {
  const { foh_count } = props.entry;
  const note = (
    <p className="text-sm text-soft tabular-nums">{foh_count === null ? t("milk.frontBlank") : t("milk.front", { n: foh_count })}</p>
  );
  return <NightRow {...props} step="night_boh" value={props.entry.boh_count} note={note} />;
}

interface NightRowProps extends RowProps {
  step: "night_foh" | "night_boh";
  value: number | null;
  note?: React.ReactNode;
}

function NightRow({ entry, count, writes, step, value, note }: NightRowProps) {
  const { milk_type_id: milkId, milk_type_name: milk } = entry;
  const own = useOwn(value, (next) =>
    record({ kind: "milk.draft", sessionId: count.id ?? "", milkId, milk, draft: { step, value: next } }),
  );
  const par = count.parOf(milkId);
  return (
    <MilkRow
      entry={entry}
      value={value}
      writes={writes}
      note={note}
      counter={
        <div {...own.around}>
          <Counter
            value={own.shown}
            onChange={own.change}
            name={milk}
            outKey
            suffix={
              par !== null && (
                <span
                  className="text-sm text-soft tabular-nums min-[360px]:min-w-8 min-[360px]:text-base"
                  title={t("milk.par")}
                >{`/ ${par}`}</span>
              )
            }
          />
        </div>
      }
    />
  );
}
