import { Check } from "lucide-react";
import { useState } from "react";
import type { MilkcountSession } from "../api/schema";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { ago, exactTime } from "../i18n/time";
import { markOf } from "../queue/use";
import { StateMark } from "../ui/mark";
import { shortName } from "../ui/person";
import { Card } from "../ui/surface";
import { useNow } from "../ui/tick";
import { type Doer, type MilkWrite, savesStep } from "./overlay";
import { Reopen } from "./reopen";
import { ownReopen, place, type Step, savedOf, steps } from "./steps";

interface Props {
  /** Null before one is started. */
  session: MilkcountSession | null;
  writes: readonly MilkWrite[];
  doer: Doer;
}

/** The four steps: who saved them and when, which one is on, and which are still to come. */
export function Stepper({ session, writes, doer }: Props) {
  const admin = useSession((s) => s.user?.role === "admin");
  const now = useNow(15_000);
  const [reopening, setReopening] = useState<Step | null>(null);
  const own = (step: Step) => session !== null && ownReopen(session, step, doer.id, now);
  const done = session ? place(session.status) : -1;
  return (
    <Card>
      <h2 className="mb-3 text-lg">{t("milk.progress")}</h2>
      <ol className="flex flex-col">
        {steps.map((step, at) => (
          <li key={step} data-step={step} className="flex gap-3" aria-current={session?.status === step ? "step" : undefined}>
            <Bullet at={at} now={done} />
            <div className="flex min-h-16 flex-1 flex-wrap items-start justify-between gap-x-2 pb-3">
              <div>
                <p className="font-medium">{t(`milk.step.${step}`)}</p>
                {session ? (
                  <When session={session} step={step} now={now} writes={writes} />
                ) : (
                  <p className="text-soft">{t("milk.pending")}</p>
                )}
              </div>
              {done > at && (admin || own(step)) && (
                <button
                  type="button"
                  aria-label={t("milk.correctOf", { step: t(`milk.step.${step}`) })}
                  className="press min-h-11 rounded-full px-3 font-medium underline"
                  onClick={() => setReopening(step)}
                >
                  {t("milk.correct")}
                </button>
              )}
            </div>
          </li>
        ))}
      </ol>
      {session && reopening && (
        <Reopen session={session} step={reopening} needsReason={!own(reopening)} writes={writes} onClose={() => setReopening(null)} />
      )}
    </Card>
  );
}

function Bullet({ at, now }: { at: number; now: number }) {
  const look = at < now ? "bg-sky text-card" : at === now ? "bg-solid text-on-solid" : "border-2 border-line text-soft";
  return (
    <span aria-hidden className="flex flex-col items-center">
      <span className={`inline-flex size-8 shrink-0 items-center justify-center rounded-full font-mono text-sm font-bold ${look}`}>
        {at < now ? <Check className="size-5" /> : at + 1}
      </span>
      {at < steps.length - 1 && <span className={`w-0.5 flex-1 ${at < now ? "bg-sky" : "bg-line"}`} />}
    </span>
  );
}

function When({ session, step, now, writes }: { session: MilkcountSession; step: Step; now: number; writes: readonly MilkWrite[] }) {
  const saved = savedOf(session, step);
  if (place(session.status) <= place(step) || !saved) {
    return <p className="text-soft">{t(session.status === step ? "milk.inProgress" : "milk.pending")}</p>;
  }
  const when = ago(saved.at, now);
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-soft">
      <StateMark mark={markOf(writes.filter((one) => one.state !== "refused" && savesStep(one, step)))} />
      <time dateTime={saved.at} title={exactTime(saved.at)}>
        {saved.name ? t("milk.savedByAt", { name: shortName(saved.name), when }) : t("milk.savedWhen", { when })}
      </time>
    </p>
  );
}
