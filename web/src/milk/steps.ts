import type { MilkcountSession } from "../api/schema";

export type Status = MilkcountSession["status"];
export type Step = Exclude<Status, "completed">;

/** The steps of a count, in their order. */
export const steps = ["night_foh", "night_boh", "morning", "on_order"] as const satisfies readonly Step[];
const statuses: readonly Status[] = [...steps, "completed"];

/** How far a count is: 0 for the first step, 4 for a completed one. */
export function place(status: Status): number {
  return statuses.indexOf(status);
}

export function after(step: Step): Status {
  return statuses[place(step) + 1] ?? "completed";
}

/** Where a step is done. */
export const pages = {
  night_foh: "/tools/milk-count/night/foh",
  night_boh: "/tools/milk-count/night/boh",
  morning: "/tools/milk-count/morning",
  on_order: "/tools/milk-count/on-order",
} as const satisfies Record<Step, string>;

/** When a step was saved, and by whom as far as that is known. */
export interface Saved {
  at: string;
  userId?: string | undefined;
  name?: string | undefined;
}

export function savedOf(session: MilkcountSession, step: Step): Saved | null {
  const saved = (at: string | undefined, userId?: string, name?: string) => (at ? { at, userId, name } : null);
  switch (step) {
    case "night_foh":
      return saved(session.night_foh_saved_at, session.night_count_user_id, session.night_count_user_name);
    case "night_boh":
      return saved(session.night_boh_saved_at, session.night_boh_user_id, session.night_boh_user_name);
    case "morning":
      // Once on order is saved, these fields are about who saved that.
      return session.on_order_saved_at
        ? saved(session.morning_saved_at)
        : saved(session.morning_saved_at, session.morning_count_user_id, session.morning_count_user_name);
    case "on_order":
      return saved(session.on_order_saved_at, session.on_order_user_id, session.on_order_user_name);
  }
}

const reopenWindow = 30 * 60_000; // milliseconds

/** Whether a partner may open a step again as the one who saved it: at once, and before the next is saved. */
export function ownReopen(session: MilkcountSession, step: Step, userId: string, now: number): boolean {
  const saved = savedOf(session, step);
  return saved !== null && session.status === after(step) && saved.userId === userId && now - new Date(saved.at).getTime() <= reopenWindow;
}
