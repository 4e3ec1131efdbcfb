import { ArrowLeft, Check } from "lucide-react";
import { useEffect, useState } from "react";
import { t } from "../i18n";
import { record } from "../queue/queue";
import { markOf } from "../queue/use";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { StateMark } from "../ui/mark";
import { Page } from "../ui/page";
import { Progress } from "../ui/progress";
import { Card, Note, Pill } from "../ui/surface";
import type { RtdeWrite } from "./data";
import { type Line, pullList, type Sheet } from "./overlay";
import { Picture } from "./picture";
import { RefusedNote } from "./refused";
import { DrawnTick } from "./tick-mark";
import { Rested, TimeLeft } from "./time-left";

interface Props {
  sessionId: string;
  sheet: Sheet;
  writes: readonly RtdeWrite[];
  onCount(): void;
  onComplete(): void;
}

export function Pulling({ sessionId, sheet, writes, onCount, onComplete }: Props) {
  const [asking, setAsking] = useState(false);
  const list = pullList(sheet.lines);
  const left = list.filter((line) => !line.pulled);
  const rows = useSinking(list);
  return (
    <Page
      title={t("rtde.title")}
      back="/tools/rtde"
      actions={
        <>
          <Pill className="max-[22rem]:px-1.5">{t("rtde.pull")}</Pill>
          <TimeLeft restsAt={sheet.restsAt} />
        </>
      }
      below={list.length > 0 && <PullProgress list={list} left={left} />}
      bottom={
        <div className="flex flex-wrap gap-2">
          <Button look="secondary" className="flex-1" aria-label={t("rtde.backToCounting")} onClick={onCount}>
            <ArrowLeft aria-hidden className="size-5" />
            {t("rtde.counting")}
          </Button>
          <Button className="flex-[2]" data-main-action onClick={() => (left.length > 0 ? setAsking(true) : onComplete())}>
            {t("rtde.complete")}
          </Button>
        </div>
      }
    >
      <Rested restsAt={sheet.restsAt} />
      <RefusedNote writes={writes.filter(({ change }) => change.kind !== "rtde.count")} />
      {list.length === 0 && <AllAtPar />}
      <ul className="flex flex-col gap-2">
        {rows.map((line) => (
          <li key={line.itemId}>
            <PullRow
              sessionId={sessionId}
              line={line}
              writes={writes.filter(({ change }) => change.kind === "rtde.pull" && change.itemId === line.itemId)}
            />
          </li>
        ))}
      </ul>
      <CompleteDialog left={left} open={asking} onClose={() => setAsking(false)} onComplete={onComplete} />
    </Page>
  );
}

function PullProgress({ list, left }: { list: readonly Line[]; left: readonly Line[] }) {
  const done = list.length - left.length;
  const label = t("rtde.pulledOf", { n: done, total: list.length });
  return (
    <div className="flex flex-col gap-1 text-sm tabular-nums">
      <p className="flex justify-between">
        <span role="status">{label}</span>
        <span className="text-soft">{t("rtde.unitsLeft", { n: left.reduce((units, line) => units + line.need, 0) })}</span>
      </p>
      <Progress value={done} of={list.length} tone="emerald" label={label} />
    </div>
  );
}

function AllAtPar() {
  return (
    <Card className="flex flex-1 flex-col items-center justify-center gap-4 text-center">
      <DrawnTick />
      <p className="text-2xl">{t("rtde.allAtPar")}</p>
      <p className="text-soft">{t("rtde.nothingToPull")}</p>
    </Card>
  );
}

function PullRow({ sessionId, line, writes }: { sessionId: string; line: Line; writes: readonly RtdeWrite[] }) {
  const { itemId, name, pulled } = line;
  return (
    <button
      type="button"
      aria-pressed={pulled}
      aria-label={t("rtde.pullRow", { name, n: line.need })}
      onClick={() => void record({ kind: "rtde.pull", sessionId, itemId, name, pulled: !pulled })}
      className={`press flex min-h-18 w-full items-center gap-3 rounded-card border border-line px-4 py-2 text-left transition-colors duration-300 ${pulled ? "bg-sunken text-soft" : "bg-card"}`}
    >
      <Picture icon={line.icon} className={`text-3xl ${pulled ? "opacity-50" : ""}`} />
      <span className="min-w-0 flex-1">
        {line.brand && <span className="block text-sm text-soft">{line.brand}</span>}
        <span className={`block text-lg ${pulled ? "line-through" : ""}`}>{name}</span>
        <span className="block text-sm text-soft tabular-nums">{t("rtde.countedOfPar", { n: line.counted ?? 0, par: line.par })}</span>
      </span>
      {writes.length > 0 && <StateMark mark={markOf(writes)} />}
      <span
        className={`inline-flex h-12 min-w-12 shrink-0 items-center justify-center rounded-full border-2 px-2 text-xl font-bold tabular-nums ${pulled ? "border-emerald bg-emerald-soft text-emerald" : "border-strong-line"}`}
      >
        {pulled ? <Check aria-hidden /> : line.need}
      </span>
    </button>
  );
}

const rest = 700; // milliseconds until a row sinks, so that nothing moves under the finger

/** What is done sinks to the end, a moment after the last tap. */
function useSinking(list: readonly Line[]): Line[] {
  const pulled = list.flatMap((line) => (line.pulled ? line.itemId : [])).join(" ");
  const [sunk, setSunk] = useState(pulled);
  useEffect(() => {
    const timer = setTimeout(() => setSunk(pulled), rest);
    return () => clearTimeout(timer);
  }, [pulled]);
  const below = new Set(sunk.split(" "));
  return [...list.filter((line) => !below.has(line.itemId)), ...list.filter((line) => below.has(line.itemId))];
}

function CompleteDialog({
  left,
  open,
  onClose,
  onComplete,
}: {
  left: readonly Line[];
  open: boolean;
  onClose(): void;
  onComplete(): void;
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("rtde.completeTitle", { n: left.length })}
      actions={
        <>
          <Button onClick={onClose}>{t("rtde.goOnPulling")}</Button>
          <Button look="secondary" onClick={onComplete}>
            {t("rtde.completeWithout", { n: left.length })}
          </Button>
        </>
      }
    >
      <Note>{t("rtde.completeBody")}</Note>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by the keyboard too */}
      <ul tabIndex={0} aria-label={t("rtde.pull")} className="flex flex-col gap-1">
        {left.map((line) => (
          <li key={line.itemId} className="flex min-h-9 items-center gap-3">
            <Picture icon={line.icon} className="text-xl" />
            <span className="min-w-0 flex-1">{line.name}</span>
            <span className="font-bold tabular-nums">{line.need}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
