import type { IdentityAdminUser } from "../api/schema";

export type Status = IdentityAdminUser["status"];

export interface Choice {
  status: Status | "all";
  deletedToo: boolean;
  /** Part of a name or a partner number. */
  text: string;
}

export const everybody: Choice = { status: "all", deletedToo: false, text: "" };

/** Those who need something from an admin come first. */
const rank: Record<Status, number> = { pending: 0, locked: 1, active: 2, deleted: 3 };

export function choose(people: readonly IdentityAdminUser[], { status, deletedToo, text }: Choice): IdentityAdminUser[] {
  const wanted = text.trim().toLowerCase();
  return people
    .filter((one) => (status === "all" ? deletedToo || one.status !== "deleted" : one.status === status))
    .filter((one) => `${one.name} ${one.partner_number}`.toLowerCase().includes(wanted))
    .sort((a, b) => rank[a.status] - rank[b.status] || a.name.localeCompare(b.name));
}
