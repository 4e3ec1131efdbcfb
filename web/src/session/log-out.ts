import { inCookie } from "../api/client";
import { forgetAnswers } from "../api/queries";
import { leave, session } from "../api/session";

/** Kept while the server has not yet heard that somebody left. */
const owedKey = "sirenbase.logout-owed";

/** Ends the session, here at once and on the server as soon as it can be told. Writes that wait stay. */
export async function logOut() {
  localStorage.setItem(owedKey, "yes");
  const { token } = session();
  leave();
  await forgetAnswers();
  await tellServer(token).catch(() => {}); // without reception: settleLogOut does it later
}

/** Tells the server what it could not be told when somebody logged out without reception. */
export async function settleLogOut() {
  if (localStorage.getItem(owedKey) && session().standing === "guest") await tellServer(null);
}

async function tellServer(token: string | null) {
  const post = (path: string, headers: HeadersInit) => fetch(path, { method: "POST", headers: { ...inCookie, ...headers } });
  let known = token;
  if (!known) {
    const answer = await post("/api/auth/refresh", {});
    known = answer.ok ? ((await answer.json()) as { token: string }).token : null;
    if (!known && answer.status !== 401) throw new Error("the server has other troubles");
  }
  if (known) {
    const answer = await post("/api/auth/logout", { Authorization: `Bearer ${known}` });
    if (!answer.ok && answer.status !== 401) throw new Error("the server has not heard it");
  }
  localStorage.removeItem(owedKey);
}
