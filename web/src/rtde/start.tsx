import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useEffect, useState } from "react";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { ago, exactTime } from "../i18n/time";
import { Button } from "../ui/button";
import { explain, Failure } from "../ui/failure";
import { sayFailure } from "../ui/message";
import { Page } from "../ui/page";
import { shortName } from "../ui/person";
import { Card, Skeleton } from "../ui/surface";
import { useNow } from "../ui/tick";
import { begin, renew, takeOver } from "./begin";
import { useActive, useInProgress, useLastCompleted, useSessionCopy, useSheet, useWritesOf } from "./data";
import { totals } from "./overlay";
import { lastPlace } from "./place";
import { DropDialog, Mine, Others, type Running } from "./start-cards";

/** What would be dropped, and what would take its place. */
interface Asking {
  go: string;
  work(): Promise<string>;
}

export function StartPage() {
  const active = useActive();
  const inProgress = useInProgress();
  const me = useSession((s) => s.user?.id);
  const { mine, rested, writes } = useMine();
  const [asking, setAsking] = useState<Asking | null>(null);
  const navigate = useNavigate();
  const open = (id: string) => navigate({ to: "/tools/rtde/session/$id", params: { id } });
  const enter = useMutation({
    mutationFn: (work: () => Promise<string>) => work(),
    onSuccess: open,
    onError: (error) => sayFailure(explain(error)),
  });

  const lost = mine ?? rested;
  /** Confirms only what would be lost. */
  function ask(go: string, work: () => Promise<string>) {
    if (lost && lost.counted > 0) setAsking({ go, work });
    else enter.mutate(work);
  }
  function resume({ id }: Running) {
    void renew();
    void open(id);
  }
  const others = inProgress.data?.sessions.filter((one) => one.user_id !== me) ?? [];
  const loading = !active.data && !active.error;
  return (
    <Page
      title={t("rtde.title")}
      back="/dashboard"
      actions={
        <Link
          to="/tools/rtde/history"
          aria-label={t("rtde.history")}
          title={t("rtde.history")}
          className="press inline-flex size-12 items-center justify-center rounded-full hover:bg-sunken"
        >
          <History aria-hidden />
        </Link>
      }
      bottom={
        !loading && (
          <Button
            full
            data-main-action
            busy={enter.isPending && t("rtde.starting")}
            onClick={() => (mine ? resume(mine) : ask(t("rtde.start"), () => begin(writes)))}
          >
            {t(mine ? "rtde.resume" : "rtde.start")}
          </Button>
        )
      }
    >
      {loading && <Skeleton rows={2} className="h-32" />}
      {active.error && !active.data && <Failure error={active.error} onRetry={() => void active.refetch()} />}
      {mine && <Mine running={mine} busy={enter.isPending} onFresh={() => ask(t("rtde.startFresh"), () => begin(writes))} />}
      {rested && <Mine running={rested} rested busy={enter.isPending} onGoOn={() => resume(rested)} />}
      {!loading && !mine && !rested && others.length === 0 && (
        <Card>
          <p>{t("rtde.purpose")}</p>
        </Card>
      )}
      <Others
        sessions={others}
        busy={enter.isPending}
        onTake={({ id, user_name }) => ask(t("rtde.takeOverFrom", { name: shortName(user_name) }), () => takeOver(id, writes))}
      />
      <Last />
      {lost && (
        <DropDialog
          running={lost}
          go={asking?.go ?? null}
          onClose={() => setAsking(null)}
          onGo={() => {
            if (asking) enter.mutate(asking.work);
            setAsking(null);
          }}
        />
      )}
    </Page>
  );
}

/** My session, running or rested, as far as this phone and the server know, and what of it the server does not have. */
function useMine() {
  const { data } = useActive();
  const active = data?.session ?? null;
  const me = useSession((s) => s.user?.id);
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => {
    void lastPlace().then((place) => setLast(place?.sessionId ?? null));
  }, []);
  const id = active?.id ?? last;
  const { data: copy, error } = useSessionCopy(id);
  const writes = useWritesOf(id);
  const sheet = useSheet(copy, writes);
  const ending = writes.some((one) => one.change.kind === "rtde.complete" && one.state !== "refused");
  if (ending || !id) return { mine: null, rested: null, writes: [] };
  if (active) {
    const counted = sheet ? totals(sheet.lines).counted : active.items_counted;
    return { mine: { id, startedAt: active.started_at, counted, total: active.total_items }, rested: null, writes };
  }
  const counted = sheet ? totals(sheet.lines).counted : 0;
  const there = copy && !error && copy.session.user_id === me && copy.session.status === "expired" && counted > 0;
  if (!there) return { mine: null, rested: null, writes: [] };
  return { mine: null, rested: { id, startedAt: copy.session.started_at, counted, total: copy.items.length }, writes };
}

function Last() {
  const now = useNow(30_000);
  const { data } = useLastCompleted();
  if (!data) return null;
  return (
    <p className="px-2 py-2 text-soft">
      {data.last_completed_at ? (
        <time dateTime={data.last_completed_at} title={exactTime(data.last_completed_at)}>
          {t("rtde.last", { name: shortName(data.user_name ?? ""), age: ago(data.last_completed_at, now) })}
        </time>
      ) : (
        t("dashboard.noCompletions")
      )}
    </p>
  );
}
