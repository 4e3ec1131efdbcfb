import { useNavigate } from "@tanstack/react-router";
import { t } from "../i18n";
import { clockTime, exactTime } from "../i18n/time";
import { markOf } from "../queue/use";
import { Button } from "../ui/button";
import { copyText } from "../ui/copy";
import { StateMark } from "../ui/mark";
import { say } from "../ui/message";
import { Page } from "../ui/page";
import { shortName } from "../ui/person";
import { Card } from "../ui/surface";
import type { RtdeWrite } from "./data";
import { duration } from "./duration";
import type { Receipt } from "./place";
import { DrawnTick } from "./tick-mark";

const lasts = 60 * 60_000; // milliseconds that a restocked display lasts, as on the dashboard

interface Props {
  receipt: Omit<Receipt, "left"> & { left?: number };
  writes: readonly RtdeWrite[];
}

/** The end of a session: who, when, how much, and whether the server knows. */
export function ReceiptPage({ receipt, writes }: Props) {
  const navigate = useNavigate();
  const seconds = (Date.parse(receipt.completedAt) - Date.parse(receipt.startedAt)) / 1000;
  const facts: [string, string | number][] = [
    [t("rtde.receiptCounted"), receipt.counted],
    [t("rtde.receiptPulled"), receipt.pulled],
    [t("rtde.receiptUnits"), receipt.units],
    [t("rtde.receiptDuration"), duration(Math.max(0, seconds))],
    [t("rtde.receiptWho"), shortName(receipt.userName)],
    [t("rtde.receiptWhen"), exactTime(receipt.completedAt)],
  ];
  return (
    <Page
      title={t("rtde.title")}
      bottom={
        <>
          <Button look="secondary" full onClick={() => void share(facts.map(([name, value]) => `${name}: ${value}`).join("\n"))}>
            {t("rtde.share")}
          </Button>
          <Button full data-main-action onClick={() => void navigate({ to: "/dashboard" })}>
            {t("rtde.done")}
          </Button>
        </>
      }
    >
      <Card className="flex flex-1 flex-col items-center justify-center gap-4 text-center">
        <DrawnTick />
        <div role="status">
          <h2 className="text-2xl">{t("rtde.completed")}</h2>
        </div>
        <dl className="grid w-full max-w-sm grid-cols-2 gap-x-4 gap-y-2 text-left">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="text-right font-bold tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        {receipt.left ? <p className="text-amber">{t("rtde.receiptLeft", { n: receipt.left })}</p> : null}
        <p className="text-soft">{t("rtde.nextAt", { time: clockTime(Date.parse(receipt.completedAt) + lasts) })}</p>
        <p className="flex items-center gap-2 text-base">
          <StateMark mark={markOf(writes)} />
          {t(writes.length > 0 ? "rtde.receiptOnPhone" : "rtde.receiptOnServer")}
        </p>
      </Card>
    </Page>
  );
}

async function share(text: string) {
  if (navigator.share) {
    await navigator.share({ title: t("rtde.completed"), text }).catch(() => {}); // the partner thought better of it
    return;
  }
  if (await copyText(text)) say(t("rtde.copied"));
}
