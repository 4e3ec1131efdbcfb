import { Leaf, Milk } from "lucide-react";
import type { ReactNode } from "react";
import type { MilkcountEntry } from "../api/schema";
import { t } from "../i18n";
import { clockTime } from "../i18n/time";
import { markOf } from "../queue/use";
import { StateMark } from "../ui/mark";
import { shortName } from "../ui/person";
import { useDoer } from "./count";
import { useGlow } from "./glow";
import type { MilkWrite } from "./overlay";
import { Refusal } from "./refusals";

interface Props {
  entry: MilkcountEntry;
  /** What this step says about the milk. */
  value: number | null;
  /** Those of this row and step that wait, or were refused. */
  writes: readonly MilkWrite[];
  /** Under the name. */
  note?: ReactNode;
  counter: ReactNode;
  children?: ReactNode;
}

/** One milk of a step: what it is, how it stands, and its number. */
export function MilkRow({ entry, value, writes, note, counter, children }: Props) {
  const me = useDoer().name;
  const glow = useGlow(value, entry.updated_by_name, me);
  const others = value !== null && entry.updated_by_name !== null && entry.updated_by_name !== me;
  return (
    <li
      data-milk={entry.milk_type_name}
      data-glow={glow || undefined}
      className={`flex flex-col gap-3 rounded-card border px-2 py-3 transition-colors min-[360px]:px-3 duration-700 sm:p-4 ${glow ? "border-sky bg-sky-soft" : "border-line bg-card"}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-40 items-center gap-3">
          <Tile category={entry.milk_type_category} />
          <div className="min-w-0">
            <p className="flex items-center gap-2 text-lg">
              {entry.milk_type_name}
              {(value !== null || writes.length > 0) && <StateMark mark={markOf(writes)} />}
            </p>
            {note}
            {others && (
              <p className="text-sm text-soft" data-by>
                {t("milk.byAt", { name: shortName(entry.updated_by_name ?? ""), time: clockTime(entry.updated_at) })}
              </p>
            )}
          </div>
        </div>
        <div className="ml-auto">{counter}</div>
      </div>
      {children}
      {writes.map((write) => write.state === "refused" && <Refusal key={write.id} write={write} />)}
    </li>
  );
}

function Tile({ category }: { category: string }) {
  const Icon = category === "dairy" ? Milk : Leaf;
  return (
    <span className="hidden size-12 shrink-0 items-center justify-center rounded-field bg-sunken min-[360px]:inline-flex sm:size-14">
      <Icon aria-hidden className={`size-6 ${category === "dairy" ? "text-sky" : "text-emerald"}`} />
    </span>
  );
}
