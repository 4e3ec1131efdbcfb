import { createAsyncStoragePersister } from "@tanstack/query-async-storage-persister";
import { type DehydratedState, QueryClient } from "@tanstack/react-query";
import type { PersistQueryClientOptions } from "@tanstack/react-query-persist-client";
import { kept } from "../queue/database";
import { isPassing } from "./errors";
import { session } from "./session";

const week = 7 * 24 * 60 * 60 * 1000;

/** The last known answers of the server. They are shown at once, with their age. */
export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always", // "online" of a browser says little in a basement
      staleTime: 10_000,
      gcTime: week,
      refetchOnReconnect: "always",
      retry: (failures, error) => isPassing(error) && failures < 2,
      retryDelay: (attempt) => 1000 * 2 ** attempt,
    },
    mutations: { networkMode: "always", retry: false },
  },
});

/** What is known, without what went wrong since. */
function asAnswered(query: DehydratedQuery): DehydratedQuery {
  return { ...query, state: { ...query.state, status: "success", error: null, fetchStatus: "idle" } };
}

type DehydratedQuery = DehydratedState["queries"][number];

export const persistence: Omit<PersistQueryClientOptions, "queryClient"> = {
  maxAge: week,
  // An answer is kept although the last attempt to load it anew has failed.
  dehydrateOptions: { shouldDehydrateQuery: ({ state }) => state.data !== undefined },
  buster: "1", // changes when kept answers can no longer be read
  persister: createAsyncStoragePersister({
    key: "answers",
    throttleTime: 200,
    serialize: (client) =>
      JSON.stringify({ ...client, clientState: { mutations: [], queries: client.clientState.queries.map(asAnswered) } }),
    storage: {
      getItem: async (key) => (await kept.get<string>(key)) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
    },
  }),
};

/** A query key, of one person in one store. */
export function key<const K extends readonly unknown[]>(...parts: K) {
  const { user, storeId } = session();
  return [...parts, { user: user?.id ?? null, store: storeId }] as const;
}

/** Forgets what the person who leaves has seen. */
export async function forgetAnswers() {
  answers.clear();
  await kept.delete("answers");
}
