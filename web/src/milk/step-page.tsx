import { useRouter } from "@tanstack/react-router";
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import type { MilkcountEntry } from "../api/schema";
import { t } from "../i18n";
import { businessDate, clockTime } from "../i18n/time";
import { record, takeBack } from "../queue/queue";
import { Button } from "../ui/button";
import { explain, Failure } from "../ui/failure";
import { sayFailure } from "../ui/message";
import { Page } from "../ui/page";
import { Progress } from "../ui/progress";
import { Pill, Skeleton } from "../ui/surface";
import { useAwake } from "../ui/tick";
import { Blanks } from "./blanks";
import type { MilkChange } from "./changes";
import { type UsedCount, useCount, useDoer, useWantedSession } from "./count";
import { useForward } from "./forward";
import { KnownAt } from "./known";
import type { MilkWrite } from "./overlay";
import { allWritten } from "./own";
import { Refusals } from "./refusals";
import { sections } from "./sections";
import { after, pages, type Step } from "./steps";

export interface RowProps {
  entry: MilkcountEntry;
  count: UsedCount;
  writes: readonly MilkWrite[];
}

interface Props {
  step: Step;
  title: string;
  pill?: string;
  /** The main button, which names what comes next. */
  next: string;
  /** What the question about blanks says, and the button that leaves them out. */
  blanks: { sentence: string; without: string };
  numberOf(entry: MilkcountEntry): number | null;
  saveOf(sessionId: string, entries: MilkcountEntry[]): MilkChange;
  Row: ComponentType<RowProps>;
  intro?: ReactNode;
}

/** A step of the count: all milks with a number each, and one way on. */
export function StepPage({ step, title, pill, next, blanks, numberOf, saveOf, Row, intro }: Props) {
  useAwake();
  const count = useCount(useWantedSession());
  const me = useDoer();
  const [asking, setAsking] = useState(false);
  const [finishing, setFinishing] = useState<"ask" | "save" | null>(null);
  useForward(step, count, me.name);
  usePreloaded(step);
  const { id, entries, writes } = count;
  const missing = entries?.filter((entry) => numberOf(entry) === null) ?? [];

  useEffect(() => {
    if (!finishing || !id || !entries) return;
    setFinishing(null);
    const counted = entries.filter((entry) => numberOf(entry) !== null);
    if (finishing === "ask" && counted.length < entries.length) return setAsking(true);
    // What others entered is on the server already: to send an older copy of it could only undo their last word.
    const mine = counted.filter((entry) => entry.updated_by_name === me.name);
    const said = new Set<string | null>(mine.map((entry) => entry.milk_type_id));
    const drafts = writes.filter((one) => said.has(rowOf(one, step)) && !isCleared(one));
    record(saveOf(id, mine))
      .then(() => Promise.all(drafts.map((one) => one.state === "waiting" && takeBack(one.id)))) // the save says the same in one go
      .catch((error) => sayFailure(explain(error)));
  }, [finishing, id, entries, writes, step, numberOf, saveOf, me]);

  const finish = async (how: "ask" | "save") => {
    await allWritten();
    setFinishing(how);
  };

  return (
    <Page
      title={title}
      back="/tools/milk-count"
      actions={pill && <Pill>{pill}</Pill>}
      below={entries && <Counted count={count} step={step} numberOf={numberOf} />}
      bottom={
        entries && (
          <Button full data-main-action onClick={() => void finish("ask")}>
            {next}
          </Button>
        )
      }
    >
      <KnownAt at={count.knownAt} />
      {intro}
      <Refusals writes={count.writes.filter((one) => rowOf(one, step) === null)} />
      {!entries && (count.error ? <Failure error={count.error} onRetry={count.retry} /> : <Skeleton rows={6} className="h-28" />)}
      {sections(entries ?? []).map(({ category, entries: some }) => (
        <section key={category} aria-labelledby={`milk-${category}`} className="flex flex-col gap-2">
          <h2 id={`milk-${category}`} className="sticky top-41 z-10 flex justify-between bg-page px-1 pt-3 pb-1 text-base font-medium">
            <span>{t(`milk.${category}`, { n: some.length })}</span>
            <span className="text-soft tabular-nums">
              {t("milk.nOf", { n: some.filter((entry) => numberOf(entry) !== null).length, of: some.length })}
            </span>
          </h2>
          <ul className="flex flex-col gap-2">
            {some.map((entry) => (
              <Row
                key={entry.milk_type_id}
                entry={entry}
                count={count}
                writes={count.writes.filter((one) => rowOf(one, step) === entry.milk_type_id)}
              />
            ))}
          </ul>
        </section>
      ))}
      <Blanks
        open={asking}
        {...blanks}
        milks={missing.map((entry) => entry.milk_type_name)}
        onClose={() => setAsking(false)}
        onWithout={() => void finish("save")}
      />
    </Page>
  );
}

const isCleared = ({ change }: MilkWrite) => change.kind === "milk.draft" && change.draft.value === null;

/** What comes after a step must open without reception. */
function usePreloaded(step: Step) {
  const router = useRouter();
  useEffect(() => {
    const next = after(step);
    const preloading = [
      router.preloadRoute({ to: "/tools/milk-count" }),
      next === "completed"
        ? router.preloadRoute({ to: "/tools/milk-count/summary/$id", params: { id: "" } })
        : router.preloadRoute({ to: pages[next] }),
    ];
    void Promise.allSettled(preloading);
  }, [router, step]);
}

/** The milk whose row of a step a write belongs to. */
function rowOf({ change }: MilkWrite, step: Step): string | null {
  return change.kind === "milk.draft" && change.draft.step === step ? change.milkId : null;
}

function Counted({ count, step, numberOf }: { count: UsedCount; step: Step; numberOf: Props["numberOf"] }) {
  const { session, entries, writes } = count;
  const counted = entries?.filter((entry) => numberOf(entry) !== null) ?? [];
  const of = entries?.length ?? 0;
  const waiting = writes.filter((one) => one.state !== "refused" && rowOf(one, step) !== null).length;
  const last = counted
    .map((entry) => entry.updated_at)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  const label = t("milk.counted", { n: counted.length, of });
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap justify-between gap-x-3 text-sm">
        <span className="font-medium tabular-nums">{label}</span>
        <span className="text-soft" data-saved>
          {waiting > 0
            ? t("milk.waiting", { n: waiting })
            : last
              ? t("milk.savedAt", { time: clockTime(last) })
              : session
                ? businessDate(session.date)
                : ""}
        </span>
      </p>
      <Progress value={counted.length} of={of} label={label} />
    </div>
  );
}
