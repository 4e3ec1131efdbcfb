import { useInfiniteQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { RtdeRecord } from "../api/schema";
import { useOffline } from "../frame/connection";
import { t } from "../i18n";
import { ago, clockTime, exactTime, shortDate } from "../i18n/time";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Initials, shortName } from "../ui/person";
import { Card, Empty, Skeleton } from "../ui/surface";
import { duration } from "./duration";

const page = 30;

export function HistoryPage() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, dataUpdatedAt } = useInfiniteQuery({
    queryKey: key("rtde", "history"),
    queryFn: ({ pageParam }) => body(api.GET("/api/rtde/history", { params: { query: { limit: page, offset: pageParam } } })),
    initialPageParam: 0,
    getNextPageParam: ({ offset, sessions, total }) => (offset + sessions.length < total ? offset + sessions.length : undefined),
  });
  const offline = useOffline();
  const sessions = data?.pages.flatMap((one) => one.sessions);
  return (
    <Page title={t("rtde.history")} back="/tools/rtde">
      {offline && data && <p className="px-2 text-sm text-soft">{t("state.asOf", { age: ago(dataUpdatedAt) })}</p>}
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={6} className="h-24" />}
      {sessions?.length === 0 && <Empty title={t("rtde.noHistory")} />}
      <ul className="flex flex-col gap-2">
        {sessions?.map((one) => (
          <li key={one.id}>
            <Row one={one} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button
          look="secondary"
          busy={isFetchingNextPage && t("state.loading", { what: t("rtde.history") })}
          onClick={() => void fetchNextPage()}
        >
          {t("do.loadMore")}
        </Button>
      )}
    </Page>
  );
}

function Row({ one }: { one: RtdeRecord }) {
  return (
    <Card className="flex items-center gap-4">
      <Initials name={one.user_name} />
      <div className="min-w-0 flex-1 tabular-nums">
        <time dateTime={one.completed_at} title={exactTime(one.completed_at)} className="text-lg">
          {shortDate(one.completed_at)}, {clockTime(one.completed_at)}
        </time>
        <p className="text-soft">
          {shortName(one.user_name)} · {duration(one.duration_seconds)}
        </p>
        <p>{t("rtde.record", { counted: one.items_counted, pulled: one.items_pulled, units: one.units_pulled })}</p>
        {one.started_by !== one.user_id && (
          <p className="text-sm text-soft">{t("rtde.startedBy", { name: shortName(one.started_by_name) })}</p>
        )}
      </div>
    </Card>
  );
}
