import type { AppReady } from "../api/schema";

/** How backups stand: the server makes none, has made none yet, or has a newest one. */
export type BackupState = { kind: "off" } | { kind: "none" } | { kind: "fresh" | "old"; lastAt: string };

/** A day, and half a day until somebody should look; the alert of the operators is the same. */
const tooOld = 36 * 60 * 60 * 1000;

export function backupState(ready: AppReady, now: number): BackupState {
  if (!ready.backup) return { kind: "off" };
  const lastAt = ready.backup.last_at;
  if (lastAt === null) return { kind: "none" };
  return { kind: now - new Date(lastAt).getTime() > tooOld ? "old" : "fresh", lastAt };
}
