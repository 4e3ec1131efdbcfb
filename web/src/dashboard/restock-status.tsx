import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import { t } from "../i18n";
import { shortName } from "../ui/person";
import { Ring } from "../ui/progress";
import { useNow } from "../ui/tick";

const hour = 60; // minutes that a restocked display lasts

/** Minutes until the display wants to be restocked, and the colour for that. */
export function restockIn(lastCompletedAt: string, now: number): { left: number; colour: string } {
  const passed = Math.max(0, (now - new Date(lastCompletedAt).getTime()) / 60_000);
  const left = Math.max(0, Math.ceil(hour - passed));
  const share = passed / hour;
  return { left, colour: share <= 0.5 ? "var(--emerald)" : share <= 0.8 ? "var(--amber)" : "var(--red)" };
}

export function RestockStatus() {
  const now = useNow(10_000);
  const { data } = useQuery({ queryKey: key("rtde", "last"), queryFn: () => body(api.GET("/api/rtde/sessions/last-completed")) });
  const last = data?.last_completed_at ?? null;
  const { left, colour } = last ? restockIn(last, now) : { left: 0, colour: "var(--red)" };
  const label = left > 0 ? t("dashboard.restockIn", { n: left }) : t("dashboard.restockNow");
  return (
    <Link to="/tools/rtde" className="press flex flex-col items-center gap-2 rounded-card border border-line bg-card p-4 text-center">
      <span className="text-lg">{t("dashboard.rtde")}</span>
      <Ring parts={[{ share: left / hour, colour }]} label={label}>
        {left > 0 ? (
          <>
            <span className="text-xl font-bold tabular-nums">{left}</span>
            <span className="text-sm">{t("dashboard.minutes")}</span>
          </>
        ) : (
          <span className="text-base font-bold">{t("dashboard.restock")}</span>
        )}
      </Ring>
      <span className="text-sm text-soft">
        {data?.user_name ? t("dashboard.last", { name: shortName(data.user_name) }) : t("dashboard.noCompletions")}
      </span>
    </Link>
  );
}
