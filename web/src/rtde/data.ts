import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { RtdeSessionItems } from "../api/schema";
import { usePending } from "../queue/use";
import type { Write } from "../queue/write";
import type { RtdeChange } from "./changes";
import { overlay, type Sheet } from "./overlay";

const look = 30_000; // milliseconds; no event says that a session was taken over

export type RtdeWrite = Write & { change: RtdeChange };

/** A session of mine, as the server last told it. */
export function useSessionCopy(id: string | null, watched = false) {
  return useQuery({
    queryKey: key("rtde", "session", id),
    queryFn: () => body(api.GET("/api/rtde/sessions/{id}", { params: { path: { id: id ?? "" } } })),
    enabled: id !== null,
    staleTime: 0, // the copy that the phone kept may lack what was sent last
    refetchInterval: watched ? look : false,
  });
}

export function useActive() {
  return useQuery({ queryKey: key("rtde", "active"), queryFn: () => body(api.GET("/api/rtde/sessions/active")), staleTime: 0 });
}

export function useInProgress() {
  return useQuery({
    queryKey: key("rtde", "in-progress"),
    queryFn: () => body(api.GET("/api/rtde/sessions/in-progress")),
    staleTime: 0,
    refetchInterval: look,
  });
}

export function useLastCompleted() {
  return useQuery({ queryKey: key("rtde", "last"), queryFn: () => body(api.GET("/api/rtde/sessions/last-completed")) });
}

/** What this phone did in a session and the server does not have, refused or not. */
export function useWritesOf(sessionId: string | null): RtdeWrite[] {
  const pending = usePending();
  return useMemo(
    () =>
      pending.filter((one): one is RtdeWrite => one.change.kind.startsWith("rtde.") && (one.change as RtdeChange).sessionId === sessionId),
    [pending, sessionId],
  );
}

/** The session as this phone knows it. */
export function useSheet(copy: RtdeSessionItems | undefined, writes: readonly RtdeWrite[]): Sheet | undefined {
  return useMemo(
    () =>
      copy &&
      overlay(
        copy,
        writes.filter((one) => one.state !== "refused"),
      ),
    [copy, writes],
  );
}
