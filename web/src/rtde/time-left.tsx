import { Timer } from "lucide-react";
import { t } from "../i18n";
import { countdown } from "../i18n/time";
import { Badge, Note } from "../ui/surface";
import { useNow } from "../ui/tick";

const soon = 5 * 60; // seconds

/** How long the session lives without a write. It never stops anybody. */
export function TimeLeft({ restsAt }: { restsAt: number }) {
  const left = Math.ceil((restsAt - useNow(1000)) / 1000);
  if (left <= 0) return null;
  const minutes = Math.floor(left / 60);
  return (
    <span role="timer" aria-label={t("rtde.timeLeft", { n: minutes })} title={t("rtde.timeLeft", { n: minutes })} className="tabular-nums">
      <Badge tone={left < soon ? "amber" : "plain"}>
        <Timer aria-hidden className="size-4 max-[22rem]:hidden" />
        {left < soon ? countdown(left) : t("rtde.minutes", { n: minutes })}
      </Badge>
    </span>
  );
}

/** Says calmly that the half hour is over. */
export function Rested({ restsAt }: { restsAt: number }) {
  if (useNow(1000) < restsAt) return null;
  return (
    <Note tone="plain" className="py-2">
      {t("rtde.rested")}
    </Note>
  );
}
