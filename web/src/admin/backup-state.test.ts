import { expect, test } from "vitest";
import type { AppReady } from "../api/schema";
import { backupState } from "./backup-state";

const now = new Date("2026-03-03T12:00:00Z").getTime();
const last = (lastAt: string | null): AppReady => ({ status: "ok", backup: { last_at: lastAt, age_seconds: null } });

test.each([
  { ready: { status: "ok" } as AppReady, kind: "off" },
  { ready: last(null), kind: "none" },
  { ready: last("2026-03-03T11:00:00Z"), kind: "fresh" },
  { ready: last("2026-03-02T00:00:01Z"), kind: "fresh" },
  { ready: last("2026-03-01T23:59:59Z"), kind: "old" },
])("$ready.backup is $kind", ({ ready, kind }) => {
  expect(backupState(ready, now).kind).toBe(kind);
});
