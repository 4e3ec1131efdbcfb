import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { key } from "../api/queries";

/** Who waits to be let in. */
export function useWaiting() {
  return useQuery({
    queryKey: key("users", "pending"),
    queryFn: () => body(api.GET("/api/admin/users", { params: { query: { status: "pending" } } })),
  });
}

/** Everybody who has, had, or asks for an account. The server lists those who wait apart from the others. */
export function usePeople() {
  const waiting = useWaiting();
  const others = useQuery({
    queryKey: key("users", "others"),
    queryFn: () => body(api.GET("/api/admin/users", { params: { query: { include_deleted: true } } })),
  });
  return {
    people: waiting.data && others.data ? [...waiting.data.users, ...others.data.users] : undefined,
    error: waiting.error ?? others.error,
    asOf: Math.min(waiting.dataUpdatedAt, others.dataUpdatedAt),
    reload: () => void Promise.all([waiting.refetch(), others.refetch()]),
  };
}
