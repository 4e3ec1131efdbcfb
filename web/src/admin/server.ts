import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";

/** How the server is, and what it knows of its backups. It says that to anybody. */
export function useReady() {
  return useQuery({ queryKey: ["server", "ready"], queryFn: () => body(api.GET("/readyz")), refetchInterval: 60_000, staleTime: 0 });
}

export function useVersion() {
  return useQuery({ queryKey: ["server", "version"], queryFn: () => body(api.GET("/api/version")) });
}
