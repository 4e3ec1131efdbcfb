import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { api, body } from "../api/client";
import { answers, key } from "../api/queries";
import { useSession } from "../api/session";
import { usePending } from "../queue/use";
import { type Count, type Doer, isMilkWrite, type MilkWrite, overlay, overlaySession, withNewMilks } from "./overlay";

/** The session that the address names; without one it is today's. */
export function useWantedSession(): string | undefined {
  return useSearch({ strict: false }).session;
}

export function useDoer(): Doer {
  const user = useSession((s) => s.user);
  return useMemo(() => ({ id: user?.id ?? "", name: user?.name ?? "" }), [user]);
}

/** What was done to milk counts on this phone and is not known to be on the server; the refused ones too. */
export function useMilkWrites(): MilkWrite[] {
  const pending = usePending();
  return useMemo(() => pending.filter(isMilkWrite), [pending]);
}

export function useToday() {
  return useQuery({
    queryKey: key("milk", "today"),
    queryFn: () => body(api.GET("/api/milk-count/sessions/today")),
    refetchOnMount: "always",
  });
}

export function useMilks() {
  return useQuery({ queryKey: key("milk", "types"), queryFn: () => body(api.GET("/api/milk-count/milk-types")) });
}

const sessionKey = (id: string) => key("milk", "session", id);

/** One count with what waits on this phone laid over it. Without an id it is today's. */
export function useCount(wanted?: string) {
  const today = useToday();
  const id = wanted ?? today.data?.session?.id;
  const loaded = useQuery({
    queryKey: sessionKey(id ?? ""),
    queryFn: () => body(api.GET("/api/milk-count/sessions/{id}", { params: { path: { id: id ?? "" } } })),
    enabled: id !== undefined,
    refetchOnMount: "always", // the copy that outlives a reload may lack the last second
  });
  const milks = useMilks();
  const doer = useDoer();
  const all = useMilkWrites();
  const writes = useMemo(() => all.filter((one) => one.change.sessionId === id), [all, id]);
  const count = useMemo<Count | null>(
    () => (loaded.data ? overlay(withNewMilks(loaded.data, milks.data?.milk_types ?? []), writes, doer) : null),
    [loaded.data, milks.data, writes, doer],
  );
  const begun = today.data?.session;
  const parOf = useMemo(() => {
    const pars = new Map(milks.data?.milk_types.map((milk) => [milk.id, milk.par_value]));
    return (milkId: string) => pars.get(milkId) ?? null;
  }, [milks.data]);
  return {
    id,
    /** Known as soon as today's session is, which may be before its entries. */
    session: count?.session ?? (begun && begun.id === id ? overlaySession(begun, writes, doer) : null),
    entries: count?.entries ?? null,
    parOf,
    writes,
    /** Whether it is the one to work on now, or nothing better is known. */
    isToday: wanted === undefined || wanted === begun?.id,
    /** Whether there is no session today, as far as is known. */
    none: wanted === undefined && today.data?.session === null,
    /** Nothing newer is on its way. */
    settled: !loaded.isFetching && !answers.getQueryState(sessionKey(id ?? ""))?.isInvalidated,
    knownAt: loaded.dataUpdatedAt || today.dataUpdatedAt,
    error: (id === undefined ? today.error : loaded.error) ?? null,
    retry: () => void (id === undefined ? today.refetch() : loaded.refetch()),
  };
}

export type UsedCount = ReturnType<typeof useCount>;
