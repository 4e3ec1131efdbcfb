import { CircleCheck, TriangleAlert } from "lucide-react";
import { Refused } from "../api/errors";
import type { AppReady } from "../api/schema";
import { t } from "../i18n";
import { ago } from "../i18n/time";
import { useNow } from "../ui/tick";
import { type BackupState, backupState } from "./backup-state";
import { useReady } from "./server";

/** What the server says of its backups, as long as it says that it is well. */
export function useBackups() {
  const { data, error } = useReady();
  const now = useNow(60_000);
  // One that answers 503 is there, and not well; what it said before does not count then.
  const unwell = error instanceof Refused ? error.message : null;
  return { unwell, state: data && !unwell ? backupState(data as AppReady, now) : null, error };
}

/** Whether somebody should look. Where no backups are meant to be made nobody has to. */
export const worrying = (state: BackupState) => state.kind === "old" || state.kind === "none";

export function sentenceOf(state: BackupState): string {
  switch (state.kind) {
    case "off":
    case "none":
      return t(`admin.backup.${state.kind}`);
    default:
      return t(`admin.backup.${state.kind}`, { age: ago(state.lastAt) });
  }
}

/** One line about the last backup, amber when it is time to look. */
export function BackupLine() {
  const { unwell, state } = useBackups();
  if (!state && !unwell) return <p className="text-soft">{t("admin.backup.loading")}</p>;
  const amber = unwell !== null || (state !== null && worrying(state));
  const Icon = amber ? TriangleAlert : CircleCheck;
  return (
    <p className={`inline-flex items-center gap-2 rounded-full ${amber ? "bg-amber-soft px-3 py-1 text-amber" : "text-soft"}`}>
      {(amber || state?.kind === "fresh") && <Icon aria-hidden className="size-5 shrink-0" />}
      {unwell ? t("admin.backup.unwell") : state && sentenceOf(state)}
    </p>
  );
}
