import { MoreHorizontal } from "lucide-react";
import { useEffect, useRef } from "react";
import { locale, t } from "../i18n";
import { exactTime, shortDate } from "../i18n/time";
import { Button, IconButton } from "../ui/button";
import { StateMark } from "../ui/mark";
import { shortName } from "../ui/person";
import { Badge, Card, Pill } from "../ui/surface";
import { act, undo } from "./actions";
import { categoryLabel } from "./categories";
import type { Row } from "./overlay";
import { Reasons } from "./refusal";

interface Props {
  row: Row;
  now: number;
  /** Whether *Remove* lies over it. */
  open: boolean;
  onOpen(open: boolean): void;
}

export function ItemCard({ row, now, open, onOpen }: Props) {
  const { code, name, category, state } = row;
  const pending = row.writes.findLast((one) => one.state !== "refused");
  return (
    <Card className="relative flex h-full flex-col gap-2 overflow-hidden" data-item={state}>
      <div className={open ? "opacity-30 blur-xs" : ""} inert={open}>
        <div className="flex items-start gap-2">
          <div className={`min-w-0 flex-1 ${state === "leaving" ? "line-through opacity-70" : ""}`}>
            {category && <Badge>{categoryLabel(category)}</Badge>}
            <p className="mt-1 text-2xl leading-tight font-light">{name}</p>
          </div>
          {state === "active" && (
            <IconButton label={t("inventory.moreOf", { name, code })} onClick={() => onOpen(true)} className="-mt-2 -mr-2">
              <MoreHorizontal aria-hidden />
            </IconButton>
          )}
        </div>
        <p className="mt-2 flex min-h-8 flex-wrap items-center gap-2 text-sm text-soft">
          <Pill className="text-base">{code}</Pill>
          <StateMark mark={row.mark} />
          <When row={row} now={now} />
        </p>
      </div>
      {state === "leaving" && pending && (
        <Button look="secondary" onClick={() => void undo(pending.id, pending.change)}>
          {t("do.undo")}
        </Button>
      )}
      <Reasons writes={row.writes} />
      {open && <Remove row={row} onClose={() => onOpen(false)} />}
    </Card>
  );
}

function When({ row, now }: { row: Row; now: number }) {
  if (row.state === "leaving") return t("inventory.leaving");
  if (row.state === "refused") return null;
  return (
    <>
      <time dateTime={row.addedAt} title={exactTime(row.addedAt)}>
        {t("inventory.added", { age: day(row.addedAt, now) })}
      </time>
      {row.addedBy && <span>· {shortName(row.addedBy)}</span>}
    </>
  );
}

const dayLong = 24 * 60 * 60_000;

/** "today", "yesterday", "3 days ago", "Mar 4" */
function day(instant: string, now: number): string {
  const midnight = (time: number | string) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(now) - midnight(instant)) / dayLong);
  if (days >= 7) return shortDate(instant);
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(-days, "day");
}

/** Lies over the card; a tap elsewhere keeps the item. */
function Remove({ row: { code, name, category }, onClose }: { row: Row; onClose(): void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("button")?.focus();
    const elsewhere = (event: Event) => {
      const key = event instanceof KeyboardEvent ? event.key : "";
      if (key ? key === "Escape" : !box.current?.contains(event.target as Node)) onClose();
    };
    addEventListener("pointerdown", elsewhere);
    addEventListener("keydown", elsewhere);
    return () => {
      removeEventListener("pointerdown", elsewhere);
      removeEventListener("keydown", elsewhere);
    };
  }, [onClose]);
  return (
    <div ref={box} className="absolute inset-0 flex items-center justify-center gap-2 p-3">
      <Button look="secondary" onClick={onClose}>
        {t("inventory.keep")}
      </Button>
      <Button
        look="danger"
        onClick={() => {
          onClose();
          void act({ kind: "item.remove", code, name, category: category ?? undefined });
        }}
      >
        {t("inventory.pad.remove", { code })}
      </Button>
    </div>
  );
}
