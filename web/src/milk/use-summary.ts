import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { MilkcountSummary } from "../api/schema";
import { summarize } from "./arithmetic";
import { useCount } from "./count";

/** The summary of the server or, while it has not everything, what this phone works out itself. */
export function useSummary(id: string) {
  const count = useCount(id);
  const { data, error, failureReason, refetch, dataUpdatedAt } = useQuery({
    queryKey: key("milk", "summary", id),
    queryFn: async () => (await body(api.GET("/api/milk-count/sessions/{id}/summary", { params: { path: { id } } }))) as MilkcountSummary, // the other form is CSV
  });
  const waits = count.writes.some((one) => one.state !== "refused");
  const { session, entries } = count;
  const behind = data ? data.session.status !== session?.status && count.knownAt > dataUpdatedAt : failureReason !== null;
  const local: MilkcountSummary | null =
    session && entries && (waits || behind) ? { session, ...summarize(entries, (milkId) => count.parOf(milkId) ?? 0) } : null;
  return {
    summary: local ?? data ?? null,
    /** Not all of it is on the server yet. */
    waits,
    /** Worked out here. */
    local: local !== null,
    count,
    knownAt: dataUpdatedAt || count.knownAt,
    error: error ?? count.error,
    retry: () => void refetch(),
  };
}
