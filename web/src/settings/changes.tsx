import { t } from "../i18n";
import { ago } from "../i18n/time";
import { kindOf } from "../queue/changes";
import { flush, takeBack, tryAgain } from "../queue/queue";
import { usePending } from "../queue/use";
import type { Write } from "../queue/write";
import { Button } from "../ui/button";
import { StateMark } from "../ui/mark";
import { Page } from "../ui/page";
import { Card, Empty } from "../ui/surface";
import { useNow } from "../ui/tick";

/** What was done on this phone and is not on the server yet, or was refused. */
export function ChangesPage() {
  const writes = usePending();
  return (
    <Page
      title={t("queue.title")}
      back="/settings"
      bottom={
        writes.some((one) => one.state !== "refused") && (
          <Button full data-main-action onClick={() => void flush(true)}>
            {t("queue.sendNow")}
          </Button>
        )
      }
    >
      {writes.length === 0 && <Empty title={t("queue.empty")} />}
      <ul className="flex flex-col gap-2">
        {writes.map((write) => (
          <li key={write.id}>
            <Line write={write} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Line({ write }: { write: Write }) {
  const now = useNow(30_000);
  return (
    <Card className="flex flex-col gap-3" data-write={write.state}>
      <div className="flex items-center gap-3">
        <StateMark mark={write.state === "refused" ? "refused" : "phone"} />
        <p className="flex-1">{kindOf(write.change).title(write.change)}</p>
        <span className="text-sm text-soft">{ago(write.recordedAt, now)}</span>
      </div>
      <p className={write.state === "refused" ? "text-red" : "text-soft"}>
        {write.refusal
          ? t("queue.refused", { reason: write.refusal.message })
          : t(write.state === "sending" ? "queue.sending" : "queue.waiting")}
      </p>
      {write.refusal && (
        <div className="flex flex-wrap gap-2">
          <Button look="secondary" onClick={() => void tryAgain(write.id)}>
            {t("do.retry")}
          </Button>
          <Button look="danger" onClick={() => void takeBack(write.id)}>
            {t("do.discard")}
          </Button>
          {write.refusal.requestId && <p className="w-full text-sm text-soft">{t("error.requestId", { id: write.refusal.requestId })}</p>}
        </div>
      )}
    </Card>
  );
}
