import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { DatabaseBackup, History, Milk, Refrigerator, Store, Users } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import { t } from "../i18n";
import { Page } from "../ui/page";
import { Badge, Card } from "../ui/surface";
import { BackupLine } from "./backup-line";
import { Copyable } from "./copyable";
import { Feed } from "./feed";
import { useWaiting } from "./people";
import { useVersion } from "./server";

export function AdminPage() {
  const waiting = useWaiting().data?.users.length ?? 0;
  const { data } = useQuery({ queryKey: key("stores"), queryFn: () => body(api.GET("/api/stores")) });
  const badge = waiting > 0 && <Badge tone="amber">{t("admin.card.waiting", { n: waiting })}</Badge>;
  return (
    <Page wide title={t("admin.title")} back="/dashboard">
      <nav aria-label={t("admin.tools")} className="grid grid-cols-[repeat(auto-fit,minmax(min(8.5rem,100%),1fr))] gap-2 lg:grid-cols-3">
        <Tool to="/admin/users" title={t("admin.card.users")} line={t("admin.card.usersLine")} icon={Users} badge={badge} />
        <Tool to="/admin/milk-pars" title={t("admin.card.milk")} line={t("admin.card.milkLine")} icon={Milk} />
        <Tool to="/admin/rtde-items" title={t("admin.card.rtde")} line={t("admin.card.rtdeLine")} icon={Refrigerator} />
        <Tool
          to="/admin/stores"
          title={t("admin.card.stores", { n: data?.stores.length ?? 1 })}
          line={t("admin.card.storesLine")}
          icon={Store}
        />
        <Tool to="/admin/audit" title={t("admin.card.audit")} line={t("admin.card.auditLine")} icon={History} />
        <Tool to="/admin/backups" title={t("admin.card.backups")} line={t("admin.card.backupsLine")} icon={DatabaseBackup} />
      </nav>
      <div className="mt-2 grid grid-cols-1 gap-4 lg:grid-cols-2 lg:items-start">
        <Feed />
        <Address />
      </div>
      <Footer />
    </Page>
  );
}

interface ToolProps {
  to: string;
  title: string;
  line: string;
  icon: ComponentType<{ className?: string; "aria-hidden"?: boolean }>;
  badge?: ReactNode;
}

function Tool({ to, title, line, icon: Icon, badge }: ToolProps) {
  return (
    <Link
      to={to}
      className="press flex min-h-32 flex-col justify-between gap-3 rounded-card border border-line bg-card p-3 min-[360px]:p-4"
    >
      <span className="flex flex-wrap items-center justify-between gap-2">
        <Icon aria-hidden className="size-7 text-amber" />
        {badge}
      </span>
      <span>
        <span className="block text-lg">{title}</span>
        <span className="block text-sm text-soft">{line}</span>
      </span>
    </Link>
  );
}

const onThisComputer = /^(localhost|127\.|\[::1\])/;

function Address() {
  return (
    <section aria-labelledby="address">
      <h2 id="address" className="mb-2 px-1 text-lg">
        {t("admin.address")}
      </h2>
      <Card className="flex flex-col gap-3">
        <Copyable large text={location.origin} />
        <p className="text-soft">{t(onThisComputer.test(location.hostname) ? "admin.address.local" : "admin.address.how")}</p>
      </Card>
    </section>
  );
}

function Footer() {
  const { data } = useVersion();
  return (
    <footer className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-1 px-1">
      <Link to="/admin/backups" className="inline-flex min-h-11 items-center underline-offset-4 hover:underline">
        <BackupLine />
      </Link>
      {data && <p className="text-soft">{t("admin.version", { version: data.version })}</p>}
      <a href="/api/docs" className="inline-flex min-h-11 items-center text-soft underline">
        {t("admin.api")}
      </a>
    </footer>
  );
}
