import createClient from "openapi-fetch";
import { Refused, Unreachable } from "./errors";
import { noteReach } from "./reach";
import type { paths } from "./schema";
import { enter, expire, session } from "./session";
import { inTurn } from "./turn";

const patience = 15_000; // milliseconds until an answer is given up

/** Tells the server to keep the refresh token in a cookie, out of reach of scripts. */
export const inCookie = { "X-Refresh-Cookie": "true" };

async function reach(request: Request): Promise<Response> {
  const timeout = AbortSignal.timeout(patience);
  try {
    const response = await fetch(request, { signal: AbortSignal.any([request.signal, timeout]) });
    noteReach(true);
    return response;
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    noteReach(false);
    throw new Unreachable(cause);
  }
}

function withCredentials(request: Request): Request {
  const { token, storeId } = session();
  const headers = new Headers(request.headers);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (storeId && !headers.has("X-Store-ID")) headers.set("X-Store-ID", storeId);
  return new Request(request, { headers });
}

/** Logging in answers 401 to a wrong PIN, which says nothing about the session. */
const ownsIts401 = /^\/api\/(auth\/(login|refresh|pin|signup)|setup)$/;

async function authorized(request: Request): Promise<Response> {
  if (ownsIts401.test(new URL(request.url).pathname)) return reach(withCredentials(request));
  if (!session().token && session().standing === "in") await refresh();
  const again = request.clone();
  const token = session().token;
  const response = await reach(withCredentials(request));
  if (response.status !== 401) return response;
  if (session().token === token && !(await refresh())) return response;
  return reach(withCredentials(again));
}

let refreshing: Promise<boolean> | null = null;

/**
 * Trades the cookie for a new access token. A refresh token is good once, so only
 * one tab at a time may do it. False: the server wants the PIN.
 */
export function refresh(): Promise<boolean> {
  refreshing ??= inTurn("sirenbase-refresh", trade).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function trade(): Promise<boolean> {
  const response = await reach(new Request("/api/auth/refresh", { method: "POST", headers: inCookie }));
  if (response.ok) {
    enter(((await response.json()) as { token: string }).token);
    return true;
  }
  if (response.status !== 401) throw new Refused(response, await response.json().catch(() => null));
  expire();
  return false;
}

/** The contract, typed from our OpenAPI document. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: authorized });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a success; everything else is thrown. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw new Refused(response, error);
  return data as T;
}

/** A request that was written down earlier, and may be sent several times. */
export async function send(request: { method: string; path: string; body?: unknown; headers: Record<string, string> }): Promise<unknown> {
  const response = await authorized(
    new Request(new URL(request.path, location.origin), {
      method: request.method,
      headers: { "Content-Type": "application/json", ...request.headers },
      body: request.body === undefined ? null : JSON.stringify(request.body),
    }),
  );
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response, answer);
  return answer;
}
