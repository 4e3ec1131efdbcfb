import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { MilkcountSession } from "../api/schema";
import { t } from "../i18n";
import { businessDate, clockTime } from "../i18n/time";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { shortName } from "../ui/person";
import { Badge, Empty, Skeleton } from "../ui/surface";
import { useDoer, useMilkWrites, useToday } from "./count";
import { KnownAt, primaryLink } from "./known";
import { overlaySession } from "./overlay";

const some = 20;

/** Past counts, newest first; what was not finished can be gone on with. */
export function HistoryPage() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, dataUpdatedAt } = useInfiniteQuery({
    queryKey: key("milk", "history"),
    queryFn: ({ pageParam: offset }) => body(api.GET("/api/milk-count/history", { params: { query: { limit: some, offset } } })),
    initialPageParam: 0,
    getNextPageParam: ({ offset, sessions, total }) => (offset + sessions.length < total ? offset + sessions.length : undefined),
  });
  const today = useToday().data?.session?.id;
  const writes = useMilkWrites();
  const doer = useDoer();
  // A count that was begun between two pages moves the rest by one.
  const sessions = [...new Map(data?.pages.flatMap((page) => page.sessions).map((one) => [one.id, one])).values()];
  return (
    <Page title={t("milk.historyTitle")} back="/tools/milk-count">
      <KnownAt at={dataUpdatedAt} />
      {!data && (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Skeleton rows={6} />)}
      {data && sessions.length === 0 && (
        <Empty title={t("milk.noHistory")}>
          <Link to="/tools/milk-count" className={primaryLink}>
            {t("milk.startCounting")}
          </Link>
        </Empty>
      )}
      <ul className="flex flex-col gap-1.5">
        {sessions.map((session) => (
          <Entry key={session.id} session={overlaySession(session, writes, doer)} isToday={session.id === today} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          look="secondary"
          full
          busy={isFetchingNextPage && t("state.loading", { what: t("milk.history") })}
          onClick={() => void fetchNextPage()}
        >
          {t("do.loadMore")}
        </Button>
      )}
    </Page>
  );
}

function Entry({ session, isToday }: { session: MilkcountSession; isToday: boolean }) {
  const { status } = session;
  const done = status === "completed";
  const names = [session.night_count_user_name, session.on_order_user_name ?? session.morning_count_user_name].filter(
    (name) => name !== undefined,
  );
  const content = (
    <>
      <span className="flex w-14 shrink-0 flex-col items-center rounded-field bg-sunken py-1">
        <span className="text-sm uppercase">{businessDate(session.date, { month: "short" })}</span>
        <span className="text-xl font-bold tabular-nums">{businessDate(session.date, { day: "numeric" })}</span>
      </span>
      <span className="flex min-w-0 flex-1 basis-32 flex-col items-start gap-1">
        <span className="flex max-w-full flex-wrap items-center gap-2">
          <span>
            {done ? t("milk.completedAt", { time: clockTime(session.completed_at ?? session.received_at) }) : t(`milk.state.${status}`)}
          </span>
          {!done && <Badge tone={isToday ? "plain" : "amber"}>{t(isToday ? "milk.today" : "milk.notFinished")}</Badge>}
        </span>
        {names.length > 0 && <span className="text-sm text-soft">{[...new Set(names.map(shortName))].join(" · ")}</span>}
      </span>
      {!done && <span className="font-medium underline">{t("milk.continue")}</span>}
    </>
  );
  const look = "press flex min-h-16 flex-wrap items-center gap-x-4 gap-y-1 rounded-card border border-line bg-card p-3";
  return (
    <li data-session={session.id}>
      {done ? (
        <Link to="/tools/milk-count/summary/$id" params={{ id: session.id }} className={look}>
          {content}
        </Link>
      ) : (
        <Link to="/tools/milk-count" search={{ session: session.id }} className={look}>
          {content}
        </Link>
      )}
    </li>
  );
}
