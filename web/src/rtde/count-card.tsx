import { useOffline } from "../frame/connection";
import { t } from "../i18n";
import { tryAgain } from "../queue/queue";
import { markOf } from "../queue/use";
import { Button } from "../ui/button";
import { Counter } from "../ui/counter";
import { StateMark } from "../ui/mark";
import { Pill } from "../ui/surface";
import type { RtdeWrite } from "./data";
import type { Line } from "./overlay";
import { Picture } from "./picture";

interface Props {
  line: Line;
  /** What the field shows, which may be blank while it is typed. */
  shown: number | null;
  /** The counts of this item that the server does not have. */
  writes: readonly RtdeWrite[];
  onCount(counted: number | null): void;
  onEnter(): void;
  onLeave(): void;
}

/** One item that fills the screen. On a short screen the picture stands beside the name. */
export function CountCard({ line, shown, writes, onCount, onEnter, onLeave }: Props) {
  return (
    <section
      aria-label={line.name}
      className="flex flex-1 flex-col items-center justify-evenly gap-2 rounded-card border border-line bg-card px-3 py-3 text-center sm:px-6 [@media(max-height:669px)]:gap-1 [@media(max-height:669px)]:py-1"
    >
      <div className="flex flex-1 flex-col items-center justify-center gap-3 [@media(max-height:669px)]:flex-row [@media(max-height:669px)]:text-left">
        <Picture icon={line.icon} className="text-8xl md:text-9xl [@media(max-height:669px)]:text-5xl" />
        <div aria-live="polite" className="min-w-0">
          {line.brand && <p className="text-base text-soft">{line.brand}</p>}
          <h2 className="text-2xl leading-tight [@media(max-height:669px)]:text-xl [@media(max-height:669px)]:leading-tight">
            {line.name}
          </h2>
        </div>
      </div>
      <div className="flex w-full flex-col items-center gap-2">
        <p className="flex items-center gap-2">
          <span className="text-base text-soft">{t("rtde.currentCount")}</span>
          <Pill>{t("rtde.par", { n: line.par })}</Pill>
        </p>
        <fieldset
          aria-label={t("rtde.currentCount")}
          className="@container flex w-full min-w-0 justify-center [&_input]:min-w-0 @max-[19rem]:[&_input]:text-3xl [&>div]:min-w-0 [&>div]:flex-nowrap @max-[15rem]:[&>div]:flex-wrap @max-[15rem]:[&>div]:justify-center"
          onBlur={onLeave}
        >
          <Counter large outKey name={line.name} value={shown} onChange={onCount} onEnter={onEnter} />
        </fieldset>
        <CountState line={line} blank={shown === null} writes={writes} />
      </div>
    </section>
  );
}

const odd = 3; // times par

function CountState({ line, blank, writes }: { line: Line; blank: boolean; writes: readonly RtdeWrite[] }) {
  const offline = useOffline();
  const refused = writes.find((one) => one.refusal);
  if (refused?.refusal) {
    return (
      <div role="alert" className="flex flex-wrap items-center justify-center gap-2 text-red">
        <StateMark mark="refused" />
        <p>{t("queue.refused", { reason: refused.refusal.message })}</p>
        <Button look="secondary" onClick={() => void tryAgain(refused.id)}>
          {t("do.retry")}
        </Button>
      </div>
    );
  }
  return (
    <div className="min-h-6 text-base">
      <p role="status" className="flex flex-wrap items-center justify-center gap-x-2">
        {line.counted === null ? (
          <span className="text-soft">{t("rtde.notCounted")}</span>
        ) : (
          <>
            <StateMark mark={markOf(writes)} />
            <span>{writes.length === 0 ? t("rtde.saved") : offline ? t("rtde.onPhone") : t("state.saving")}</span>
            <span className="text-soft">{blank ? t("rtde.stillCounted", { n: line.counted }) : t("rtde.toPull", { n: line.need })}</span>
          </>
        )}
      </p>
      {line.counted !== null && line.counted > odd * line.par && (
        <p className="text-amber">{t("rtde.odd", { n: line.counted, par: line.par })}</p>
      )}
    </div>
  );
}
