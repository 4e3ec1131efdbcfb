import { ChevronDown, ChevronUp, GripVertical, Pencil } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import type { RtdeItem } from "../api/schema";
import { t } from "../i18n";
import { Picture } from "../rtde/picture";
import { IconButton } from "../ui/button";
import { Badge, Pill } from "../ui/surface";
import { useDrag } from "./rtde-drag";

interface Props {
  items: readonly RtdeItem[];
  onMove(id: string, to: number): void;
  onEdit(item: RtdeItem): void;
}

/** What holds the focus when its row has moved. */
type Part = "grip" | "up" | "down";

/** The items in the order of the display: drag them, or move them by keys. */
export function RtdeRows({ items, onMove, onEdit }: Props) {
  const [told, setTold] = useState("");
  const held = useRef<{ id: string; part: Part } | null>(null);
  const { list, grab, shifted, dragged } = useDrag((from, to) => {
    const item = items[from];
    if (item) move(item, to);
  });

  function move(item: RtdeItem, to: number, part?: Part) {
    if (to < 0 || to >= items.length) return;
    if (part) held.current = { id: item.id, part };
    onMove(item.id, to);
    setTold(t("rtde.admin.movedTo", { name: item.name, place: to + 1, total: items.length }));
  }

  // A row that moves in the page loses the focus.
  useLayoutEffect(() => {
    const at = items.findIndex(({ id }) => id === held.current?.id);
    list.current?.children[at]?.querySelector<HTMLElement>(`[data-part="${held.current?.part}"]`)?.focus();
    held.current = null;
  }, [items, list]);

  return (
    <>
      <p aria-live="polite" className="sr-only">
        {told}
      </p>
      <ul ref={list} aria-label={t("rtde.admin.title")} className="flex flex-col gap-2">
        {items.map((item, at) => (
          <li
            key={item.id}
            style={{ transform: `translateY(${shifted(at)}px)` }}
            className={`flex items-center gap-1 rounded-card border bg-card py-1 pr-1 pl-1 sm:pr-3 ${dragged === at ? "relative z-10 border-amber shadow-lg" : "border-line"} ${dragged !== null && dragged !== at ? "transition-transform duration-150" : ""}`}
          >
            <button
              type="button"
              data-part="grip"
              aria-label={t("rtde.admin.grip", { name: item.name })}
              onPointerDown={(event) => grab(event, at)}
              onKeyDown={(event) => {
                if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
                event.preventDefault();
                move(item, at + (event.key === "ArrowUp" ? -1 : 1), "grip");
              }}
              className="inline-flex h-14 w-11 shrink-0 cursor-grab touch-none items-center justify-center rounded-field text-soft"
            >
              <GripVertical aria-hidden />
            </button>
            <Face item={item} onEdit={() => onEdit(item)} />
            <Mover item={item} part="up" end={at === 0} onMove={() => move(item, at - 1, "up")} />
            <Mover item={item} part="down" end={at === items.length - 1} onMove={() => move(item, at + 1, "down")} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Face({ item, onEdit }: { item: RtdeItem; onEdit(): void }) {
  return (
    <button
      type="button"
      aria-label={t("rtde.admin.editNamed", { name: item.name })}
      onClick={onEdit}
      className="press flex min-h-14 min-w-0 flex-1 items-center gap-3 rounded-field py-1 text-left hover:bg-sunken"
    >
      <Picture icon={item.icon} className="text-3xl max-[22rem]:hidden" />
      <span className="min-w-0 flex-1">
        {item.brand && <span className="block text-sm text-soft">{item.brand}</span>}
        <span className={`block text-lg leading-snug ${item.active ? "" : "text-soft"}`}>{item.name}</span>
        <span className="flex flex-wrap items-center gap-2 pt-1">
          <Pill>{t("rtde.par", { n: item.par_level })}</Pill>
          {!item.active && <Badge>{t("rtde.admin.inactive")}</Badge>}
        </span>
      </span>
      <Pencil aria-hidden className="hidden size-5 shrink-0 text-soft sm:block" />
    </button>
  );
}

interface MoverProps {
  item: RtdeItem;
  part: "up" | "down";
  /** It cannot go further. */
  end: boolean;
  onMove(): void;
}

function Mover({ item, part, end, onMove }: MoverProps) {
  const Icon = part === "up" ? ChevronUp : ChevronDown;
  return (
    // Not "disabled", which would take the focus away from whoever moves a row to the end.
    <IconButton
      data-part={part}
      label={t(part === "up" ? "rtde.admin.up" : "rtde.admin.down", { name: item.name })}
      aria-disabled={end}
      className="aria-disabled:opacity-40"
      onClick={onMove}
    >
      <Icon aria-hidden />
    </IconButton>
  );
}
