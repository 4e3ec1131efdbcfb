import type { ReactNode } from "react";
import { t } from "../i18n";
import { exactTime } from "../i18n/time";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Card, Note, Skeleton } from "../ui/surface";
import { sentenceOf, useBackups, worrying } from "./backup-line";
import type { BackupState } from "./backup-state";
import { Copyable } from "./copyable";

export function BackupsPage() {
  const { unwell, state, error } = useBackups();
  return (
    <Page title={t("admin.backup.title")} back="/admin">
      {!state && !error && <Skeleton rows={1} className="h-32" />}
      {!state && error && !unwell && <Failure error={error} />}
      {unwell && (
        <Note alert>
          <p className="font-bold">{t("admin.backup.unwell")}</p>
          <p>{unwell}</p>
        </Note>
      )}
      {state && <State state={state} />}
      <Part id="make" title={t("admin.backup.make")}>
        <p>{t("admin.backup.makeHow")}</p>
        <Copyable text="sirenbase backup FILE" />
      </Part>
      <Part id="restore" title={t("admin.backup.restore")}>
        <p>{t("admin.backup.restoreHow")}</p>
        <Copyable text="sirenbase restore FILE" />
        <p>{t("admin.backup.replaceHow")}</p>
        <Copyable text="sirenbase restore --replace FILE" />
        <Note>{t("admin.backup.key")}</Note>
      </Part>
      <Part id="old" title={t("admin.backup.todo")}>
        <ul className="flex list-disc flex-col gap-2 pl-5">
          {(["folder", "room", "log", "hand"] as const).map((step) => (
            <li key={step}>{t(`admin.backup.todo.${step}`)}</li>
          ))}
        </ul>
      </Part>
    </Page>
  );
}

function State({ state }: { state: BackupState }) {
  const amber = worrying(state);
  return (
    <Card className={amber ? "border-amber bg-amber-soft text-amber" : ""}>
      <h2 className="text-xl">{sentenceOf(state)}</h2>
      {"lastAt" in state && <p>{t("admin.backup.exact", { time: exactTime(state.lastAt) })}</p>}
      <p className="mt-2">{t(`admin.backup.${state.kind}Why`)}</p>
      {amber && (
        <a href="#old" className="mt-1 inline-flex min-h-11 items-center font-bold underline">
          {t("admin.backup.todo")}
        </a>
      )}
    </Card>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Card id={id} className="flex scroll-mt-36 flex-col gap-3">
      <h2 className="text-xl">{title}</h2>
      {children}
    </Card>
  );
}
