import type { AuditEntry } from "../api/schema";

/** One thing that became another. */
export interface Difference {
  field: string;
  from: unknown;
  to: unknown;
}

/** From what to what, where the server has kept it. */
export function differences({ details }: Pick<AuditEntry, "details">): Difference[] {
  if (!details) return [];
  const { old: before, new: after, from, to } = details;
  if (from !== undefined && to !== undefined) return [{ field: "step", from, to }];
  if (isPlain(before) && isPlain(after)) {
    return [{ field: "value", from: before, to: after }];
  }
  if (!isRecord(before) || !isRecord(after)) return [];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, from: before[field], to: after[field] }));
}

/** Why it was done, where somebody had to say. */
export function reason({ details }: Pick<AuditEntry, "details">): string {
  return typeof details?.reason === "string" ? details.reason : "";
}

function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
