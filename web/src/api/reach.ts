import { create } from "zustand";

/** Whether the last request got an answer. What a browser itself says of its network means little in a basement. */
export const useReach = create(() => ({ reachable: true }));

export function noteReach(reachable: boolean) {
  if (useReach.getState().reachable !== reachable) useReach.setState({ reachable });
}

const tolerance = 60_000; // milliseconds that a clock may be off without harm
let ahead = 0; // milliseconds that the server's clock is ahead of the phone's

/** Called with what an answer says of the server's clock. */
export function noteClock(date: string | null) {
  const server = Date.parse(date ?? "");
  if (!Number.isNaN(server)) ahead = server - Date.now();
}

/** An instant of the phone's clock by the server's, which refuses what lies in its future. */
export function byServer(instant: string): string {
  if (Math.abs(ahead) <= tolerance) return instant;
  return new Date(Date.parse(instant) + ahead).toISOString();
}
