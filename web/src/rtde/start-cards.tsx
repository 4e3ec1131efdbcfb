import type { RtdeInProgressSession } from "../api/schema";
import { t } from "../i18n";
import { ago, exactTime } from "../i18n/time";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Initials, shortName } from "../ui/person";
import { Progress } from "../ui/progress";
import { Card, Note } from "../ui/surface";
import { useNow } from "../ui/tick";

export interface Running {
  id: string;
  startedAt: string;
  counted: number;
  total: number;
}

function Facts({ startedAt, counted, total }: Running) {
  const now = useNow(30_000);
  const label = t("rtde.countedOf", { n: counted, total });
  return (
    <>
      <p className="tabular-nums">
        <time dateTime={startedAt} title={exactTime(startedAt)}>
          {t("rtde.started", { age: ago(startedAt, now) })}
        </time>
        , {label}
      </p>
      <Progress value={counted} of={total} tone="emerald" label={label} />
    </>
  );
}

interface MineProps {
  running: Running;
  busy: boolean;
  /** Over half an hour without work: it is no longer offered to others. */
  rested?: boolean;
  onFresh?(): void;
  onGoOn?(): void;
}

export function Mine({ running, busy, rested, onFresh, onGoOn }: MineProps) {
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-lg">{t(rested ? "rtde.mineRested" : "rtde.mine")}</h2>
      <Facts {...running} />
      {rested && <p className="text-soft">{t("rtde.restedStill")}</p>}
      {onFresh && (
        <Button look="secondary" disabled={busy} onClick={onFresh}>
          {t("rtde.startFresh")}
        </Button>
      )}
      {onGoOn && (
        <Button look="secondary" disabled={busy} onClick={onGoOn}>
          {t("rtde.goOn")}
        </Button>
      )}
    </Card>
  );
}

interface OthersProps {
  sessions: readonly RtdeInProgressSession[];
  busy: boolean;
  onTake(session: RtdeInProgressSession): void;
}

/** What other partners work on, to be taken over with its counts. */
export function Others({ sessions, busy, onTake }: OthersProps) {
  if (sessions.length === 0) return null;
  return (
    <section aria-labelledby="others" className="flex flex-col gap-2">
      <h2 id="others" className="px-2 pt-2 text-lg">
        {t("rtde.others")}
      </h2>
      {sessions.map((one) => (
        <Card key={one.id} className="flex flex-col gap-3">
          <div className="flex items-center gap-3">
            <Initials name={one.user_name} />
            <h3 className="text-lg">{shortName(one.user_name)}</h3>
          </div>
          <Facts id={one.id} startedAt={one.started_at} counted={one.items_counted} total={one.total_items} />
          <Button look="secondary" disabled={busy} onClick={() => onTake(one)}>
            {t("rtde.takeOverFrom", { name: shortName(one.user_name) })}
          </Button>
        </Card>
      ))}
    </section>
  );
}

interface DropProps {
  running: Running;
  /** What is about to be done; null while nothing is asked. */
  go: string | null;
  onClose(): void;
  onGo(): void;
}

/** Asks before counts are dropped, which cannot be undone. */
export function DropDialog({ running, go, onClose, onGo }: DropProps) {
  const now = useNow(30_000);
  return (
    <Dialog
      open={go !== null}
      onClose={onClose}
      title={t("rtde.dropTitle", { n: running.counted })}
      actions={
        <>
          <Button onClick={onClose}>{t("rtde.keepSession")}</Button>
          <Button look="danger" onClick={onGo}>
            {go}
          </Button>
        </>
      }
    >
      <Note>{t("rtde.dropBody", { age: ago(running.startedAt, now), n: running.counted, total: running.total })}</Note>
    </Dialog>
  );
}
