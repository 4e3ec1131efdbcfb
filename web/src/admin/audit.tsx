import { Download } from "lucide-react";
import { useState } from "react";
import type { AuditEntry } from "../api/schema";
import { t } from "../i18n";
import { exactTime } from "../i18n/time";
import { Button } from "../ui/button";
import { saveCsv } from "../ui/csv";
import { Failure } from "../ui/failure";
import { SelectField, TextField } from "../ui/field";
import { Page } from "../ui/page";
import { Card, Empty, Skeleton } from "../ui/surface";
import { AsOf } from "./as-of";
import { ChangeIcon } from "./change-icon";
import { authorOf, differencesOf, type Group, groupOf, groups, most, titleOf, useChanges } from "./changes";
import { reason } from "./differences";

export function AuditPage() {
  const [search, setSearch] = useState("");
  const [group, setGroup] = useState<Group | "all">("all");
  const { data, error, refetch, dataUpdatedAt } = useChanges();
  const wanted = search.trim().toLowerCase();
  const shown = data?.activities
    .filter((one) => group === "all" || groupOf(one.type) === group)
    .filter((one) => `${titleOf(one)} ${one.description} ${authorOf(one)}`.toLowerCase().includes(wanted));
  return (
    <Page
      title={t("admin.audit.title")}
      back="/admin"
      actions={
        <Button
          look="secondary"
          aria-label={t("admin.audit.csvHint")}
          title={t("admin.audit.csvHint")}
          disabled={!shown?.length}
          onClick={() => save(shown ?? [])}
        >
          <Download aria-hidden className="size-5" />
          {t("admin.audit.csv")}
        </Button>
      }
    >
      <Card className="no-print grid gap-3 sm:grid-cols-[2fr_1fr]">
        <TextField
          type="search"
          autoComplete="off"
          label={t("admin.audit.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <SelectField label={t("admin.audit.kind")} value={group} onChange={(event) => setGroup(event.target.value as Group | "all")}>
          {(["all", ...groups] as const).map((one) => (
            <option key={one} value={one}>
              {t(`admin.audit.${one}`)}
            </option>
          ))}
        </SelectField>
      </Card>
      <AsOf time={dataUpdatedAt} />
      {!shown && !error && <Skeleton rows={6} />}
      {!shown && error && <Failure error={error} onRetry={() => void refetch()} />}
      {shown && <p className="px-2 text-soft">{t("admin.audit.shown", { n: shown.length, max: most })}</p>}
      {shown?.length === 0 && <Empty title={t(data?.activities.length === 0 ? "admin.feed.empty" : "admin.audit.none")} />}
      <ul aria-label={t("admin.audit.title")} className="flex flex-col gap-1.5">
        {shown?.map((entry) => (
          <Change key={entry.id} entry={entry} />
        ))}
      </ul>
    </Page>
  );
}

function Change({ entry }: { entry: AuditEntry }) {
  const why = reason(entry);
  return (
    <li className="flex gap-3 rounded-card border border-line bg-card px-4 py-3">
      <span className="pt-0.5">
        <ChangeIcon type={entry.type} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p>
          <span className="font-medium">{titleOf(entry)}</span>: {entry.description}
        </p>
        {differencesOf(entry).map(({ what, from, to }) => (
          <p key={what}>
            {what}: <del className="text-soft">{from}</del> <span aria-hidden>→</span>
            <span className="sr-only"> {t("admin.became")} </span> <ins className="font-bold no-underline">{to}</ins>
          </p>
        ))}
        {why && <p>{t("admin.audit.reason", { reason: why })}</p>}
        <p className="flex flex-wrap justify-between gap-x-3 text-sm text-soft">
          <span>{authorOf(entry)}</span>
          <time dateTime={entry.timestamp}>{exactTime(entry.timestamp)}</time>
        </p>
      </div>
    </li>
  );
}

/** What is on the screen, as a table. */
function save(shown: readonly AuditEntry[]) {
  const head = (["when", "what", "about", "by", "changes"] as const).map((column) => t(`admin.audit.${column}`));
  const rows = shown.map((entry) => [
    entry.timestamp,
    titleOf(entry),
    entry.description,
    authorOf(entry),
    [...differencesOf(entry).map(({ what, from, to }) => `${what}: ${from} → ${to}`), reason(entry)].filter(Boolean).join("; "),
  ]);
  saveCsv("sirenbase-changes.csv", [head, ...rows]);
}
