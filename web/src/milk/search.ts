/** The session that is worked on; without one it is today's. */
export interface SessionSearch {
  session?: string;
}

export function sessionSearch(search: Record<string, unknown>): SessionSearch {
  return typeof search.session === "string" ? { session: search.session } : {};
}
