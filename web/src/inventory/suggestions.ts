import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { TrackingSuggestion } from "../api/schema";
import { useOffline } from "../frame/connection";
import { useItems } from "./data";
import type { Row } from "./overlay";

const most = 8;
const pause = 300; // milliseconds after the last letter
const letters = 2;

/** Names for a new item: the server's, and without it those of the items on this phone. */
export function useSuggestions(category: string, name: string): TrackingSuggestion[] | undefined {
  const q = useSettled(name.trim());
  const offline = useOffline();
  const { rows } = useItems();
  const wanted = category !== "" && q.length >= letters;
  const { data } = useQuery({
    queryKey: key("names", category, q),
    queryFn: () => body(api.GET("/api/tracking/items/search", { params: { query: { category, q, limit: most } } })),
    enabled: wanted && !offline,
    gcTime: 60_000, // not worth keeping
    retry: false,
  });
  if (!wanted || name.trim().length < letters) return undefined;
  return data?.suggestions ?? known(rows ?? [], category, q);
}

/** Names of items in a category that have these letters in them, no name twice. */
export function known(rows: readonly Row[], category: string, q: string): TrackingSuggestion[] {
  const found = new Map<string, TrackingSuggestion>();
  for (const { state, name, code, ...row } of rows) {
    const fits = state === "active" && row.category === category && name.toLowerCase().includes(q.toLowerCase());
    if (fits && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), { name, code, source: "existing" });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name)).slice(0, most);
}

/** A text, once nobody types any more. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
