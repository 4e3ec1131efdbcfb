import { useEffect, useRef } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { isCounted, type Line } from "./overlay";
import { Picture } from "./picture";

interface ListProps {
  lines: readonly Line[];
  current: Line;
  onChoose(line: Line): void;
}

/** All items with their counts, to jump to one. */
export function ItemList({ lines, current, onChoose }: ListProps) {
  const here = useRef<HTMLLIElement>(null);
  const currentId = current.itemId;
  useEffect(() => {
    // In a dialog there is nothing to scroll until it is shown.
    const frame = requestAnimationFrame(() => currentId && here.current?.scrollIntoView({ block: "nearest" }));
    return () => cancelAnimationFrame(frame);
  }, [currentId]);
  return (
    <ul className="flex flex-col gap-2 p-1">
      {lines.map((line) => (
        <li key={line.itemId} ref={line.itemId === currentId ? here : undefined}>
          <button
            type="button"
            aria-current={line.itemId === currentId ? "step" : undefined}
            aria-label={
              line.counted === null ? t("rtde.rowBlank", { name: line.name }) : t("rtde.row", { name: line.name, n: line.counted })
            }
            onClick={() => onChoose(line)}
            className={`press flex min-h-12 w-full items-center gap-3 rounded-field border px-3 py-1 text-left ${line.itemId === currentId ? "border-emerald bg-emerald-soft ring-2 ring-emerald" : "border-line bg-card"}`}
          >
            <Picture icon={line.icon} className="text-2xl" />
            <span className="min-w-0 flex-1">{line.name}</span>
            <CountCircle counted={line.counted} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function CountCircle({ counted }: { counted: number | null }) {
  const look = counted === null ? "border-line bg-sunken text-soft" : "border-emerald bg-emerald-soft text-emerald";
  return (
    <span
      className={`inline-flex h-9 min-w-9 shrink-0 items-center justify-center rounded-full border px-1 font-bold tabular-nums ${look}`}
    >
      {counted ?? "–"}
    </span>
  );
}

interface DrawerProps extends ListProps {
  open: boolean;
  onClose(): void;
  onPull(): void;
}

export function ItemDrawer({ open, onClose, onPull, ...list }: DrawerProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("rtde.items")}
      sentence={t("rtde.countedOf", { n: list.lines.filter(isCounted).length, total: list.lines.length })}
      actions={
        <>
          <Button onClick={onPull}>{t("rtde.startPull")}</Button>
          <Button look="secondary" onClick={onClose}>
            {t("do.close")}
          </Button>
        </>
      }
    >
      <ItemList {...list} />
    </Dialog>
  );
}

interface UncountedProps {
  lines: readonly Line[];
  open: boolean;
  onClose(): void;
  onLeaveOut(): void;
  onBack(line: Line | undefined): void;
}

/** Asks about blanks alone: a zero is a count. */
export function UncountedDialog({ lines, open, onClose, onLeaveOut, onBack }: UncountedProps) {
  const blanks = lines.filter((line) => !isCounted(line));
  const none = blanks.length === lines.length;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("rtde.uncountedTitle", { n: blanks.length })}
      sentence={t(none ? "rtde.noneCounted" : "rtde.uncountedBody")}
      actions={
        <>
          <Button onClick={() => onBack(blanks[0])}>{t("rtde.goBackAndCount")}</Button>
          {!none && (
            <Button look="secondary" onClick={onLeaveOut}>
              {t("rtde.leaveOut")}
            </Button>
          )}
        </>
      }
    >
      <ul className="flex flex-col gap-1">
        {blanks.map((line) => (
          <li key={line.itemId}>
            <button
              type="button"
              className="press flex min-h-11 w-full items-center gap-3 rounded-field px-2 text-left hover:bg-sunken"
              onClick={() => onBack(line)}
            >
              <Picture icon={line.icon} className="text-xl" />
              {line.name}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
