import { createContext, use } from "react";
import type { MilkcountEntry } from "../api/schema";
import { t } from "../i18n";
import { clockTime } from "../i18n/time";
import { record } from "../queue/queue";
import { Counter } from "../ui/counter";
import { shortName } from "../ui/person";
import { deliveredOf } from "./arithmetic";
import type { Method } from "./changes";
import { useCount, useWantedSession } from "./count";
import { useRemembered } from "./kept-morning";
import { MethodSwitch } from "./method";
import { Overnight } from "./overnight";
import { useOwn } from "./own";
import { MilkRow } from "./row";
import { type RowProps, StepPage } from "./step-page";
import { savedOf } from "./steps";

const methodOf = (entry: MilkcountEntry): Method => (entry.morning_method === "direct_delivered" ? "direct_delivered" : "boh_count");
const morningOf = (entry: MilkcountEntry) => (methodOf(entry) === "boh_count" ? entry.current_boh : entry.delivered);

const RememberedContext = createContext<ReturnType<typeof useRemembered> | null>(null);

export function MorningPage() {
  const { id } = useCount(useWantedSession());
  const remembered = useRemembered(id);
  return (
    <RememberedContext value={remembered}>
      <StepPage
        step="morning"
        title={t("milk.morning")}
        next={t("milk.saveMorning")}
        blanks={{ sentence: t("milk.blanksMorning"), without: t("milk.saveWithout") }}
        numberOf={morningOf}
        saveOf={(sessionId, entries) => ({
          kind: "milk.morning",
          sessionId,
          counts: entries.map((one) =>
            methodOf(one) === "boh_count"
              ? { milk_type_id: one.milk_type_id, method: "boh_count", current_boh: one.current_boh }
              : { milk_type_id: one.milk_type_id, method: "direct_delivered", delivered: one.delivered },
          ),
        })}
        Row={MorningRow}
        intro={<HowTo />}
      />
    </RememberedContext>
  );
}

function HowTo() {
  return (
    <ul className="flex list-disc flex-col gap-1 rounded-field bg-sky-soft py-3 pr-4 pl-9">
      <li>{t("milk.howTo1")}</li>
      <li>{t("milk.howTo2")}</li>
      <li>{t("milk.howTo3")}</li>
    </ul>
  );
}

interface Entered {
  method: Method;
  value: number | null;
}

function MorningRow({ entry, count, writes }: RowProps) {
  const remembered = use(RememberedContext);
  const { milk_type_id: milkId, milk_type_name: milk } = entry;
  const own = useOwn<Entered>({ method: methodOf(entry), value: morningOf(entry) }, ({ method, value }) =>
    record({ kind: "milk.draft", sessionId: count.id ?? "", milkId, milk, draft: { step: "morning", method, value } }),
  );
  const { method, value } = own.shown;
  const enter = (next: number | null) => {
    own.change({ method, value: next });
    remembered?.rememberNumber(milkId, method, next);
  };
  const choose = (next: Method) => {
    if (next === method) return;
    remembered?.rememberNumber(milkId, method, value);
    own.change({ method: next, value: remembered?.numberOf(milkId, next) ?? null });
  };
  return (
    <MilkRow
      entry={entry}
      value={morningOf(entry)}
      writes={writes}
      note={<Night entry={entry} count={count} />}
      counter={
        <div {...own.around}>
          <Counter value={value} onChange={enter} name={milk} outKey={method === "boh_count"} />
        </div>
      }
    >
      <MethodSwitch milk={milk} method={method} onChange={choose} />
      <Tiles method={method} value={value} night={entry.boh_count} />
      {method === "boh_count" && value !== null && (
        <Overnight
          milk={milk}
          fewer={Math.max(0, (entry.boh_count ?? 0) - value)}
          confirmed={remembered?.isConfirmed(milkId, value) ?? false}
          onConfirm={() => remembered?.confirm(milkId, value)}
        />
      )}
    </MilkRow>
  );
}

/** What the night counted in the back, who did, and when. */
function Night({ entry, count }: Pick<RowProps, "entry" | "count">) {
  const saved = count.session && savedOf(count.session, "night_boh");
  const by = saved ? ` · ${saved.name ? `${shortName(saved.name)} ` : ""}${clockTime(saved.at)}` : "";
  return (
    <p className="text-sm text-soft tabular-nums" data-night>
      {entry.boh_count === null ? t("milk.nightBlank") : t("milk.nightWas", { n: entry.boh_count })}
      {entry.boh_count !== null && by}
    </p>
  );
}

/** What is entered, and what follows from it. */
function Tiles({ method, value, night }: { method: Method; value: number | null; night: number | null }) {
  const byCount = method === "boh_count";
  const calculated =
    value === null
      ? null
      : byCount
        ? deliveredOf({ morning_method: method, current_boh: value, boh_count: night, delivered: null })
        : (night ?? 0) + value;
  return (
    <dl className="grid grid-cols-2 gap-2">
      <Tile tinted title={t("milk.entering")} what={t(byCount ? "milk.currentBoh" : "milk.delivered")} n={value} />
      <Tile title={t("milk.calculated")} what={t(byCount ? "milk.delivered" : "milk.currentBoh")} n={calculated} />
    </dl>
  );
}

function Tile({ title, what, n, tinted }: { title: string; what: string; n: number | null; tinted?: boolean }) {
  return (
    <div className={`flex flex-wrap items-center justify-between gap-x-2 rounded-field px-3 py-2 ${tinted ? "bg-sky-soft" : "bg-sunken"}`}>
      <dt className="min-w-0 text-sm">
        {title}
        <span className="block">{what}</span>
      </dt>
      <dd className="text-2xl font-bold tabular-nums">{n ?? "–"}</dd>
    </div>
  );
}
