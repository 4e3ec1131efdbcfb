import { ArrowUpRight, Plus, RotateCcw } from "lucide-react";
import { t } from "../i18n";
import { ago, exactTime } from "../i18n/time";
import { StateMark } from "../ui/mark";
import { Initials, shortName } from "../ui/person";
import { Badge, Card, Pill } from "../ui/surface";
import { act } from "./actions";
import type { Entry } from "./entries";
import { holderOf, type Row } from "./overlay";
import { Reasons } from "./refusal";

const looks = {
  ADD: { icon: Plus, tone: "emerald" },
  REMOVE: { icon: ArrowUpRight, tone: "red" },
  RESTORE: { icon: RotateCcw, tone: "sky" },
} as const;

interface Props {
  entry: Entry;
  now: number;
  /** Nothing later happened to the code. */
  undoable: boolean;
  rows: readonly Row[] | undefined;
}

export function EntryCard({ entry, now, undoable, rows }: Props) {
  const { action, code, name, who, at, mark, writes } = entry;
  const { icon: Icon, tone } = looks[action];
  return (
    <Card className="flex h-full flex-col gap-2 py-3" data-entry={action}>
      <div className="flex flex-wrap items-center gap-2">
        <Pill className="text-base">{code}</Pill>
        <Badge tone={tone}>
          <Icon aria-hidden className="size-4" />
          {t(`inventory.history.${action}`)}
        </Badge>
        <StateMark mark={mark} />
        <time dateTime={at} className="ml-auto text-sm text-soft">
          {ago(at, now)}
        </time>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Initials name={who} />
        <p className="min-w-32 flex-1">
          <span className="block text-lg leading-tight">{name}</span>
          <span className="text-sm text-soft">
            {shortName(who)} · {exactTime(at)}
          </span>
        </p>
        {undoable && <Undo entry={entry} rows={rows} />}
      </div>
      <Reasons writes={writes} />
    </Card>
  );
}

/** A removed item whose code is free comes back; one that is there goes. */
function Undo({ entry: { action, code, name }, rows }: { entry: Entry; rows: readonly Row[] | undefined }) {
  if (!rows) return null;
  const holder = holderOf(rows, code);
  const look = "press min-h-11 rounded-full border border-strong-line px-4";
  if (action === "REMOVE" && !holder) {
    return (
      <button type="button" className={look} onClick={() => void act({ kind: "item.restore", code, name })}>
        {t("inventory.pad.restore", { code })}
      </button>
    );
  }
  if (action !== "REMOVE" && holder) {
    return (
      <button
        type="button"
        className={look}
        onClick={() => void act({ kind: "item.remove", code, name, category: holder.category ?? undefined })}
      >
        {t("inventory.pad.remove", { code })}
      </button>
    );
  }
  return null;
}
