import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { Refused } from "../api/errors";
import type { RtdeSessionItems } from "../api/schema";
import { t } from "../i18n";
import { record } from "../queue/queue";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Empty, Skeleton } from "../ui/surface";
import { useAwake } from "../ui/tick";
import { Counting } from "./counting";
import { type RtdeWrite, useSessionCopy, useSheet, useWritesOf } from "./data";
import { Ended } from "./ended";
import { Gone } from "./gone";
import { firstBlank, isCounted, pullList, type Sheet, totals } from "./overlay";
import { type Place, type Receipt, usePlace, useReceipt } from "./place";
import { Pulling } from "./pulling";
import { ReceiptPage } from "./receipt";
import { TakenOver } from "./taken-over";

export function SessionPage() {
  const { id } = useParams({ from: "/partner/tools/rtde/session/$id" });
  return <Session key={id} id={id} />;
}

function Session({ id }: { id: string }) {
  useAwake();
  const { data, error, refetch } = useSessionCopy(id, true);
  const writes = useWritesOf(id);
  const sheet = useSheet(data, writes);
  const [place, go] = usePlace(id);
  const [receipt, end, forget] = useReceipt(id);
  const refused = writes.filter((one) => one.state === "refused").length;
  useEffect(() => {
    if (refused > 0) void refetch(); // perhaps it is no longer mine
  }, [refused, refetch]);

  const completion = writes.find((one) => one.change.kind === "rtde.complete");
  const completionRefused = completion?.state === "refused";
  useEffect(() => {
    if (completionRefused) forget(); // what was refused has not happened, also once the refusal is dealt with
  }, [completionRefused, forget]);
  if (receipt && !completionRefused) return <ReceiptPage receipt={receipt} writes={writes} />;
  if (error instanceof Refused && error.status === 403) return <TakenOver id={id} writes={writes} />;
  if (error instanceof Refused && error.status === 404) return <Gone copy={data} writes={writes} />;
  if (!data || !sheet || place === undefined || receipt === undefined) return <Waiting error={error} onRetry={() => void refetch()} />;
  if (data.session.status === "completed" || completion?.state === "waiting" || completion?.state === "sending")
    return <Ended id={id} writes={writes} />;
  return <Work data={data} sheet={sheet} writes={writes} place={place} onGo={go} onEnd={end} />;
}

function Waiting({ error, onRetry }: { error: unknown; onRetry(): void }) {
  return (
    <Page title={t("rtde.title")} back="/tools/rtde">
      {error ? <Failure error={error} onRetry={onRetry} /> : <Skeleton rows={1} className="h-96" />}
    </Page>
  );
}

interface WorkProps {
  data: RtdeSessionItems;
  sheet: Sheet;
  writes: readonly RtdeWrite[];
  place: Place | null;
  onGo(place: Omit<Place, "sessionId">): void;
  onEnd(receipt: Receipt, complete: () => Promise<unknown>): void;
}

function Work({ data: { session }, sheet, writes, place, onGo, onEnd }: WorkProps) {
  const { lines } = sheet;
  const current = lines.find((line) => line.itemId === place?.itemId) ?? firstBlank(lines) ?? lines[0];
  const begun = lines.some((line) => line.pulled) ? "pull" : "count";
  const phase = lines.some(isCounted) ? (place?.phase ?? begun) : "count";
  const itemId = current?.itemId ?? null;
  useEffect(() => {
    if (!place) onGo({ phase, itemId }); // this phone knows the session from now on
  }, [place, phase, itemId, onGo]);

  function complete() {
    const receipt = {
      ...totals(lines),
      sessionId: session.id,
      userName: session.user_name,
      startedAt: session.started_at,
      completedAt: new Date().toISOString(),
      left: pullList(lines).filter((line) => !line.pulled).length,
    };
    onEnd(receipt, () => record({ kind: "rtde.complete", sessionId: session.id }));
  }

  if (!current) {
    return (
      <Page title={t("rtde.title")} back="/tools/rtde">
        <Empty title={t("rtde.noItems")} />
      </Page>
    );
  }
  if (phase === "pull") {
    return (
      <Pulling
        sessionId={session.id}
        sheet={sheet}
        writes={writes}
        onCount={() => onGo({ phase: "count", itemId })}
        onComplete={complete}
      />
    );
  }
  return (
    <Counting
      sessionId={session.id}
      sheet={sheet}
      writes={writes}
      current={current}
      onGo={(line) => onGo({ phase: "count", itemId: line.itemId })}
      onPull={() => onGo({ phase: "pull", itemId })}
    />
  );
}
