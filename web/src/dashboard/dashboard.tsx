import { Link } from "@tanstack/react-router";
import { Boxes, Milk, Refrigerator, ShieldCheck } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { Badge, Pill } from "../ui/surface";
import { Activity } from "./activity";
import { FirstSteps } from "./first-steps";
import { MilkStatus } from "./milk-status";
import { RestockStatus } from "./restock-status";

export function Dashboard() {
  const admin = useSession((s) => s.user?.role === "admin");
  return (
    <main id="main" className="mx-auto flex w-full max-w-[1150px] flex-1 flex-col gap-4 px-3 pb-8 sm:px-8">
      <h1 className="sr-only">{t("dashboard.title")}</h1>
      <nav
        aria-label={t("dashboard.tools")}
        className="grid grid-cols-[repeat(auto-fit,minmax(min(8.5rem,100%),1fr))] gap-2 lg:grid-cols-4"
      >
        <Tool
          to="/tools/tracking/inventory"
          step="01"
          title={t("dashboard.inventory")}
          line={t("dashboard.inventoryLine")}
          icon={Boxes}
          colour="text-stone"
        />
        <Tool
          to="/tools/rtde"
          step="02"
          title={t("dashboard.rtde")}
          line={t("dashboard.rtdeLine")}
          icon={Refrigerator}
          colour="text-emerald"
        />
        <Tool to="/tools/milk-count" step="03" title={t("dashboard.milk")} line={t("dashboard.milkLine")} icon={Milk} colour="text-sky" />
        {admin && (
          <Tool
            to="/admin"
            title={t("dashboard.admin")}
            line={t("dashboard.adminLine")}
            icon={ShieldCheck}
            colour="text-amber"
            badge={<Badge tone="amber">{t("dashboard.admin")}</Badge>}
          />
        )}
      </nav>
      <FirstSteps />
      <section aria-label={t("dashboard.overview")} className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,9.5rem),1fr))] gap-2">
        <MilkStatus />
        <RestockStatus />
      </section>
      <Activity />
    </main>
  );
}

interface ToolProps {
  to: string;
  step?: string;
  title: string;
  line: string;
  icon: ComponentType<{ className?: string; "aria-hidden"?: boolean }>;
  colour: string;
  badge?: ReactNode;
}

function Tool({ to, step, title, line, icon: Icon, colour, badge }: ToolProps) {
  return (
    <Link to={to} className="press flex min-h-36 flex-col justify-between rounded-card border border-line bg-card p-4">
      <span className="flex flex-wrap items-center justify-between gap-1">
        {step ? <Pill>{step}</Pill> : badge}
        <Icon aria-hidden className={`size-7 ${colour}`} />
      </span>
      <span>
        <span className="block text-lg">{title}</span>
        <span className="block text-sm text-soft">{line}</span>
      </span>
    </Link>
  );
}
