import createClient from "openapi-fetch";
import { Refused, Unreachable } from "./errors";
import { noteClock, noteReach } from "./reach";
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
    noteClock(response.headers.get("Date"));
    return response;
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    noteReach(false);
    throw new Unreachable(cause);
  }
}

/** In whose name a request is sent, and to which store; null is the home store. */
interface Owner {
  userId: string | undefined;
  storeId: string | null;
}

const ownerNow = (): Owner => ({ userId: session().user?.id, storeId: session().storeId });

/** Whether the owner of a request is still who uses this phone. */
const isHere = ({ userId }: Owner) => userId !== undefined && session().user?.id === userId && session().standing === "in";

function withCredentials(request: Request, owner: Owner): Request {
  const { token } = session();
  const headers = new Headers(request.headers);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (owner.storeId) headers.set("X-Store-ID", owner.storeId);
  return new Request(request, { headers });
}

/** Logging in answers 401 to a wrong PIN, which says nothing about the session. */
const ownsIts401 = /^\/api\/(auth\/(login|refresh|pin|signup)|setup)$/;

async function authorized(request: Request, owner: Owner = ownerNow()): Promise<Response> {
  if (ownsIts401.test(new URL(request.url).pathname)) return reach(withCredentials(request, owner));
  if (!session().token && isHere(owner)) await refresh();
  if (owner.userId !== session().user?.id) throw new Unreachable("somebody else uses this phone now");
  const again = request.clone();
  const token = session().token;
  const response = await reach(withCredentials(request, owner));
  if (response.status !== 401 || !isHere(owner)) return response;
  if (session().token === token && !(await refresh())) return response;
  return isHere(owner) ? reach(withCredentials(again, owner)) : response;
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
  const owner = ownerNow();
  const response = await reach(new Request("/api/auth/refresh", { method: "POST", headers: inCookie }));
  const answer = (await response.json().catch(() => null)) as { token: string } | null;
  if (!isHere(owner)) return false; // who asked has left meanwhile
  if (response.ok && answer) {
    if (subject(answer.token) === owner.userId) enter(answer.token);
    else location.reload(); // another tab has logged somebody else in, and the cookie is theirs
    return session().token === answer.token;
  }
  if (response.status !== 401) throw new Refused(response, answer);
  expire();
  return false;
}

/** Whose token it is. */
function subject(token: string): string | undefined {
  const claims = token.split(".")[1] ?? "";
  return (JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/"))) as { sub?: string }).sub;
}

/** The contract, typed from our OpenAPI document. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: (request) => authorized(request) });

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
export async function send(
  request: { method: string; path: string; body?: unknown; headers: Record<string, string> },
  owner: Owner,
): Promise<unknown> {
  const response = await authorized(
    new Request(new URL(request.path, location.origin), {
      method: request.method,
      headers: { "Content-Type": "application/json", ...request.headers },
      body: request.body === undefined ? null : JSON.stringify(request.body),
    }),
    owner,
  );
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response, answer);
  return answer;
}
