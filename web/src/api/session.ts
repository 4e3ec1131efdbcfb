import { create } from "zustand";
import type { IdentityUser } from "./schema";

/**
 * Who uses this phone. The access token lives in memory alone; the refresh token
 * is in a cookie that no script can read. The profile, which is no secret, is
 * kept so that the app starts without reception.
 *
 * - `guest`: nobody is logged in.
 * - `in`: somebody is; without reception perhaps still without a token.
 * - `expired`: somebody is, and the server wants the PIN again.
 */
export type Standing = "guest" | "in" | "expired";

interface Session {
  standing: Standing;
  user: IdentityUser | null;
  token: string | null;
  /** The store that requests act on; null is the home store. */
  storeId: string | null;
}

const profileKey = "sirenbase.profile";

interface Profile {
  user: IdentityUser;
  storeId: string | null;
}

function keptProfile(): Profile | null {
  try {
    return JSON.parse(localStorage.getItem(profileKey) ?? "null") as Profile | null;
  } catch {
    return null; // somebody wrote nonsense there: log in anew
  }
}

const kept = keptProfile();

export const useSession = create<Session>(() => ({
  standing: kept ? "in" : "guest",
  user: kept?.user ?? null,
  token: null,
  storeId: kept?.storeId ?? null,
}));

export const session = () => useSession.getState();

function keep() {
  const { user, storeId } = session();
  if (user) localStorage.setItem(profileKey, JSON.stringify({ user, storeId }));
  else localStorage.removeItem(profileKey);
}

/** Called with what a login, a set-up or a refresh answered. */
export function enter(token: string, user?: IdentityUser) {
  const before = session().user;
  const same = user === undefined || user.id === before?.id;
  useSession.setState({
    standing: "in",
    token,
    user: user ?? before,
    storeId: same ? session().storeId : null,
  });
  keep();
}

export function setUser(user: IdentityUser) {
  useSession.setState({ user });
  keep();
}

export function chooseStore(storeId: string | null) {
  useSession.setState({ storeId });
  keep();
}

/** The server wants the PIN again; everything stays where it is. */
export function expire() {
  if (session().standing === "in") useSession.setState({ standing: "expired", token: null });
}

export function leave() {
  useSession.setState({ standing: "guest", user: null, token: null, storeId: null });
  keep();
}

/** Another tab has logged somebody else in, or out: this one goes on as they are. */
window.addEventListener("storage", (event) => {
  if (event.key === profileKey && keptProfile()?.user.id !== session().user?.id) location.reload();
});
