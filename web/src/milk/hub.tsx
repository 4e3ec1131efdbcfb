import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChartColumn, CheckCircle2, ClipboardList, History, Moon, Sun } from "lucide-react";
import { api, body } from "../api/client";
import { Refused } from "../api/errors";
import { answers } from "../api/queries";
import type { MilkcountSession } from "../api/schema";
import { t } from "../i18n";
import { businessDate } from "../i18n/time";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Card, Pill, Skeleton } from "../ui/surface";
import { useCount, useDoer, useWantedSession } from "./count";
import { KnownAt, primaryLink, secondaryLink } from "./known";
import { Refusals } from "./refusals";
import { Stepper } from "./stepper";
import { pages, type Status } from "./steps";
import { Unfinished } from "./unfinished";
import { useBusinessDate } from "./use-business-date";

const icon = "inline-flex size-12 items-center justify-center rounded-full hover:bg-sunken";

/** Where the count stands, and the one next step. */
export function HubPage() {
  const wanted = useWantedSession();
  const count = useCount(wanted);
  const doer = useDoer();
  const date = useBusinessDate();
  const { session } = count;
  const known = session !== null || count.none;
  const canStart = session === null || (session.status === "completed" && count.isToday && date !== null && session.date < date);
  return (
    <Page
      title={t("milk.title")}
      back="/dashboard"
      actions={
        <>
          <Link to="/tools/milk-count/usage" aria-label={t("milk.usage")} title={t("milk.usage")} className={icon}>
            <ChartColumn aria-hidden />
          </Link>
          <Link to="/tools/milk-count/history" aria-label={t("milk.history")} title={t("milk.history")} className={icon}>
            <History aria-hidden />
          </Link>
        </>
      }
      bottom={known && <NextStep session={session} canStart={canStart} />}
    >
      <KnownAt at={count.knownAt} />
      <Refusals writes={count.writes} />
      {known ? (
        <StatusCard session={session} date={session?.date ?? date} />
      ) : count.error ? (
        <Failure error={count.error} onRetry={count.retry} />
      ) : (
        <Skeleton rows={2} className="h-40" />
      )}
      {known && <Stepper session={session} writes={count.writes} doer={doer} />}
      {count.isToday ? (
        known && canStart && <Unfinished except={session?.id} />
      ) : (
        <Link to="/tools/milk-count" className={secondaryLink}>
          {t("milk.toToday")}
        </Link>
      )}
    </Page>
  );
}

const looks: Record<Status | "none", { pill: string; icon: typeof Moon }> = {
  none: { pill: "01", icon: Moon },
  night_foh: { pill: "01", icon: Moon },
  night_boh: { pill: "02", icon: Moon },
  morning: { pill: "03", icon: Sun },
  on_order: { pill: "04", icon: ClipboardList },
  completed: { pill: "OK", icon: CheckCircle2 },
};

function StatusCard({ session, date }: { session: MilkcountSession | null; date: string | null }) {
  const status = session?.status ?? "none";
  const { pill, icon: Icon } = looks[status];
  return (
    <Card className="flex flex-col gap-3" data-status={status}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        {date && <p className="text-soft first-letter:uppercase">{businessDate(date)}</p>}
        <Pill>{pill}</Pill>
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <span className="inline-flex size-14 shrink-0 items-center justify-center rounded-field bg-sky-soft">
          <Icon aria-hidden className="size-7 text-sky" />
        </span>
        <div className="min-w-0 flex-1 basis-40">
          <h2 className="text-xl font-medium">{t(`milk.status.${status}`)}</h2>
          <p className="text-soft">{t(`milk.sentence.${status}`)}</p>
        </div>
      </div>
    </Card>
  );
}

/** One button, which names the next step. */
function NextStep({ session, canStart }: { session: MilkcountSession | null; canStart: boolean }) {
  const start = useStart();
  const failed = start.error && <Failure error={start.error} />;
  if (!session) {
    return (
      <>
        {failed}
        <Button full data-main-action busy={start.isPending && t("milk.starting")} onClick={() => start.mutate()}>
          {t("milk.next.none")}
        </Button>
      </>
    );
  }
  if (session.status === "completed") {
    return (
      <>
        {failed}
        {canStart && (
          <Button full look="secondary" busy={start.isPending && t("milk.starting")} onClick={() => start.mutate()}>
            {t("milk.startTonight")}
          </Button>
        )}
        <Link to="/tools/milk-count/summary/$id" params={{ id: session.id }} data-main-action className={primaryLink}>
          {t("milk.next.completed")}
        </Link>
      </>
    );
  }
  return (
    <Link to={pages[session.status]} search={{ session: session.id }} data-main-action className={primaryLink}>
      {t(`milk.next.${session.status}`)}
    </Link>
  );
}

/** Begins a session, or goes on with the one that is there. */
function useStart() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      try {
        return (await body(api.POST("/api/milk-count/sessions/start"))).session;
      } catch (error) {
        const there = error instanceof Refused && error.status === 400 ? (error.body.session as MilkcountSession | undefined) : undefined;
        if (there) return there;
        throw error;
      }
    },
    onSuccess: async (session) => {
      void answers.invalidateQueries({ queryKey: ["milk"] });
      const search = { session: session.id };
      if (session.status === "completed") await navigate({ to: "/tools/milk-count", search });
      else await navigate({ to: pages[session.status], search });
    },
  });
}
