import { List } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { t } from "../i18n";
import { Button, IconButton } from "../ui/button";
import { Page } from "../ui/page";
import { Progress } from "../ui/progress";
import { CountCard } from "./count-card";
import type { RtdeWrite } from "./data";
import { ItemDrawer, ItemList, UncountedDialog } from "./item-list";
import { firstBlank, isCounted, type Line, type Sheet } from "./overlay";
import { Rested, TimeLeft } from "./time-left";
import { countsOf, useCounts } from "./use-counts";

interface Props {
  sessionId: string;
  sheet: Sheet;
  writes: readonly RtdeWrite[];
  current: Line;
  onGo(line: Line): void;
  onPull(): void;
}

export function Counting({ sessionId, sheet, writes, current, onGo, onPull }: Props) {
  const { lines, restsAt } = sheet;
  const [open, setOpen] = useState<"items" | "uncounted" | null>(null);
  const { count, shown, leave } = useCounts(sessionId);
  const index = lines.indexOf(current);
  const next = lines[index + 1];
  const close = () => setOpen(null);

  function go(to: Line | undefined) {
    leave();
    close();
    if (to) onGo(to);
  }
  function startPull() {
    leave();
    if (firstBlank(lines)) setOpen("uncounted");
    else onPull();
  }
  useArrows((by) => go(lines[index + by]));
  useSelected(current.itemId);

  return (
    <Page
      wide
      title={t("rtde.title")}
      back="/tools/rtde"
      actions={
        <>
          <TimeLeft restsAt={restsAt} />
          <IconButton label={t("rtde.items")} className="md:hidden" onClick={() => setOpen("items")}>
            <List aria-hidden />
          </IconButton>
        </>
      }
      below={<CountProgress index={index} lines={lines} />}
      bottom={
        <div className="flex flex-wrap gap-2">
          <Button look="secondary" className="flex-1" disabled={index === 0} onClick={() => go(lines[index - 1])}>
            {t("rtde.previous")}
          </Button>
          <Button className="flex-[2]" data-main-action onClick={() => (next ? go(next) : startPull())}>
            {t(next ? "rtde.next" : "rtde.startPull")}
          </Button>
        </div>
      }
    >
      <Rested restsAt={restsAt} />
      <div className="flex flex-1 gap-3">
        <aside className="relative hidden w-80 shrink-0 flex-col md:flex">
          <nav aria-label={t("rtde.items")} className="absolute inset-x-0 top-0 bottom-16 overflow-y-auto rounded-card">
            <ItemList lines={lines} current={current} onChoose={go} />
          </nav>
          <Button look="secondary" className="mt-auto" onClick={startPull}>
            {t("rtde.startPull")}
          </Button>
        </aside>
        <CountCard
          line={current}
          shown={shown(current)}
          writes={countsOf(writes, current.itemId)}
          onCount={(counted) => void count(current, counted)}
          onEnter={() => (next ? go(next) : document.querySelector<HTMLElement>("[data-main-action]")?.focus())}
          onLeave={leave}
        />
      </div>
      <ItemDrawer open={open === "items"} onClose={close} lines={lines} current={current} onChoose={go} onPull={startPull} />
      <UncountedDialog open={open === "uncounted"} onClose={close} lines={lines} onLeaveOut={onPull} onBack={go} />
    </Page>
  );
}

function CountProgress({ index, lines }: { index: number; lines: readonly Line[] }) {
  const counted = lines.filter(isCounted).length;
  return (
    <div className="flex items-center gap-3 text-sm tabular-nums">
      <span>{t("rtde.itemOf", { n: index + 1, total: lines.length })}</span>
      <div className="flex-1">
        <Progress value={counted} of={lines.length} tone="emerald" label={t("rtde.countedOf", { n: counted, total: lines.length })} />
      </div>
      <span className="text-soft">{t("rtde.countedShort", { n: counted })}</span>
    </div>
  );
}

/** The arrow keys move between items, but not while a number is typed. */
function useArrows(move: (by: 1 | -1) => void) {
  const now = useRef(move);
  now.current = move;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      if ((event.target as HTMLElement).matches("input, textarea, select, dialog, dialog *")) return;
      if (event.key === "ArrowRight") now.current(1);
      if (event.key === "ArrowLeft") now.current(-1);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}

/** Who types on goes on typing: the number of the next item is selected. */
function useSelected(itemId: string) {
  useEffect(() => {
    const field = document.activeElement;
    if (itemId && field instanceof HTMLInputElement && field.dataset.count !== undefined) field.select();
  }, [itemId]);
}
