import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { MilkcountSession } from "../api/schema";
import { t } from "../i18n";
import { Ring } from "../ui/progress";

export const steps = ["night_foh", "night_boh", "morning", "on_order"] as const;

/** How many of the four steps are saved. */
export function stepsDone(session: MilkcountSession | null): number {
  if (!session) return 0;
  const at = (steps as readonly string[]).indexOf(session.status);
  return at < 0 ? steps.length : at;
}

export function MilkStatus() {
  const { data } = useQuery({ queryKey: key("milk", "today"), queryFn: () => body(api.GET("/api/milk-count/sessions/today")) });
  const session = data?.session ?? null;
  const done = stepsDone(session);
  const status = session ? t(`dashboard.milk.${session.status as "night_foh"}`) : t("dashboard.milk.none");
  const parts = steps
    .map((step, at) => ({ share: 0.23, colour: at < done ? "var(--sky)" : "var(--line)", step }))
    .flatMap((part) => [part, { share: 0.02, colour: "transparent" }]);
  return (
    <Link to="/tools/milk-count" className="press flex flex-col items-center gap-2 rounded-card border border-line bg-card p-4 text-center">
      <span className="text-lg">{t("dashboard.milk")}</span>
      <Ring parts={parts} label={status}>
        <span className="text-xl font-bold tabular-nums">{session ? `${done}/${steps.length}` : t("dashboard.none")}</span>
      </Ring>
      <span className="text-sm text-soft">{status}</span>
    </Link>
  );
}
