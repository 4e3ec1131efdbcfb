import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { api, body } from "../api/client";
import { Refused } from "../api/errors";
import { key } from "../api/queries";
import type { TrackingItemStory } from "../api/schema";
import { useSession } from "../api/session";
import { useOffline } from "../frame/connection";
import { usePending } from "../queue/use";
import { type InventoryWrite, isInventoryWrite } from "./changes";
import { provide, useCodesInHand } from "./lease";
import { overlay } from "./overlay";

export function useInventoryWrites(): InventoryWrite[] {
  const pending = usePending();
  return useMemo(() => pending.filter(isInventoryWrite), [pending]);
}

/** All active items, with what this phone did laid over them. */
export function useItems() {
  const writes = useInventoryWrites();
  const query = useQuery({ queryKey: key("items"), queryFn: () => body(api.GET("/api/tracking/items")) });
  const items = query.data?.items;
  const rows = useMemo(() => items && overlay(items, writes), [items, writes]);
  return { ...query, items, rows, writes };
}

/** The last removals, so that one can be restored without reception. */
export function useRemovals() {
  return useQuery({
    queryKey: key("inventory-history", "removals"),
    queryFn: () => body(api.GET("/api/tracking/history", { params: { query: { action: "REMOVE", limit: 100 } } })),
  }).data?.history;
}

/** What the server knows of a code: null for one that never was on anything. */
export function useStory(code: string, enabled: boolean) {
  return useQuery({
    queryKey: key("item", code),
    queryFn: async (): Promise<TrackingItemStory | null> => {
      try {
        return await body(api.GET("/api/tracking/items/{code}", { params: { path: { code } } }));
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return null;
        throw error;
      }
    },
    enabled,
  });
}

/** Codes that a phone takes below ground. */
export const provision = 5;

/** Keeps some codes in hand while there is reception. */
export function useProvision() {
  const offline = useOffline();
  const userId = useSession((s) => s.user?.id);
  const storeId = useSession((s) => s.storeId);
  const left = useCodesInHand()?.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another partner, or another store, has codes of its own, and a used one is replaced
  useEffect(() => {
    void provide(offline ? 0 : provision); // without reception it reads what is kept on the phone
  }, [offline, userId, storeId, left]);
  return offline;
}
