import { Link, useParams } from "@tanstack/react-router";
import { CheckCircle2, History } from "lucide-react";
import type { MilkcountSession } from "../api/schema";
import { t } from "../i18n";
import { businessDate, clockTime, shortDate } from "../i18n/time";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { shortName } from "../ui/person";
import { Card, Note, Skeleton } from "../ui/surface";
import { KnownAt, primaryLink } from "./known";
import { OrderCard } from "./order-card";
import { Refusals } from "./refusals";
import { pages, savedOf, steps } from "./steps";
import { SummaryCards } from "./summary-cards";
import { SummaryTable } from "./summary-table";
import { useSummary } from "./use-summary";

/** What there is, what to order, and who counted it. */
export function SummaryPage() {
  const { id } = useParams({ from: "/partner/tools/milk-count/summary/$id" });
  const { summary, waits, local, count, knownAt, error, retry } = useSummary(id);
  const done = summary?.session.status === "completed";
  return (
    <Page
      wide
      title={t("milk.summary")}
      back="/tools/milk-count"
      actions={done && <CheckCircle2 aria-label={t("milk.status.completed")} className="mr-2 size-7 text-sky" />}
      bottom={
        <Link to="/tools/milk-count/history" data-main-action className={primaryLink}>
          <History aria-hidden className="size-5" />
          {t("milk.viewHistory")}
        </Link>
      }
    >
      <p className="hidden text-2xl print:block">{t("milk.summary")}</p>
      <KnownAt at={knownAt} />
      {!summary && (error ? <Failure error={error} onRetry={retry} /> : <Skeleton rows={5} className="h-24" />)}
      {waits && <Note tone="amber">{t("milk.notYetOnServer")}</Note>}
      <Refusals writes={count.writes} />
      {summary && (
        <>
          {!done && <GoOn session={summary.session} />}
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-2 lg:grid-cols-2">
            <Receipt session={summary.session} />
            <OrderCard summary={summary} local={local} />
          </div>
          <SummaryCards rows={summary.summary} totals={summary.totals} />
          <SummaryTable rows={summary.summary} totals={summary.totals} />
        </>
      )}
    </Page>
  );
}

function Receipt({ session }: { session: MilkcountSession }) {
  return (
    <Card className="flex flex-col gap-2">
      <h2 className="text-lg first-letter:uppercase">
        {businessDate(session.date, { weekday: "long", year: "numeric", month: "long", day: "numeric" })}
      </h2>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2 lg:grid-cols-1">
        {steps.map((step) => {
          const saved = savedOf(session, step);
          return (
            <div key={step} className="flex flex-wrap justify-between gap-x-3">
              <dt>{t(`milk.step.${step}`)}</dt>
              <dd className="text-soft tabular-nums">
                {saved
                  ? [saved.name && shortName(saved.name), `${shortDate(saved.at)}, ${clockTime(saved.at)}`].filter(Boolean).join(" · ")
                  : t("milk.pending")}
              </dd>
            </div>
          );
        })}
      </dl>
      {session.status === "completed" && <p className="no-print">{t("milk.whatNext")}</p>}
    </Card>
  );
}

function GoOn({ session }: { session: MilkcountSession }) {
  if (session.status === "completed") return null;
  return (
    <Note tone="amber" className="no-print flex flex-wrap items-center justify-between gap-2">
      <p>{t("milk.notComplete")}</p>
      <Link to={pages[session.status]} search={{ session: session.id }} className={primaryLink}>
        {t(`milk.next.${session.status}`)}
      </Link>
    </Note>
  );
}
