import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { Home, Settings } from "lucide-react";
import { useEffect } from "react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import { session, setUser, useSession } from "../api/session";
import { t } from "../i18n";
import { Messages } from "../ui/message";
import { Connection } from "./connection";
import { NewVersion } from "./new-version";
import { PinSheet } from "./pin-sheet";

// In pixels: with text twice as large the header still fits on 320 of them.
const circle = "press inline-flex size-[48px] shrink-0 items-center justify-center rounded-full hover:bg-sunken";

/** What is around every page: the header, the state of the connection, messages. */
export function Frame() {
  const expired = useSession((s) => s.standing === "expired");
  usePacked();
  useProfile();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="no-print sticky top-0 z-30 bg-page/90 px-3 py-1 backdrop-blur sm:px-8">
        <div className="mx-auto flex h-14 max-w-[1150px] items-center rounded-full border border-line bg-card pr-1 pl-5">
          <Link to="/dashboard" className="flex min-h-11 min-w-0 items-center text-lg font-medium tracking-tight">
            <span className="truncate">{t("app.name")}</span>
          </Link>
          <nav className="ml-auto flex">
            <Link to="/dashboard" aria-label={t("go.home")} className={circle}>
              <Home aria-hidden />
            </Link>
            <Link to="/settings" aria-label={t("go.settings")} className={circle}>
              <Settings aria-hidden />
            </Link>
          </nav>
        </div>
      </header>
      <Messages />
      <Connection />
      <NewVersion />
      <Outlet />
      {expired && <PinSheet />}
    </div>
  );
}

const settled = 3_000; // milliseconds until the page itself has what it needs

/** Whoever is logged in has with them what they need below ground, before they go. */
function usePacked() {
  const person = useSession((s) => s.user?.id);
  const storeId = useSession((s) => s.storeId);
  const loggedIn = useSession((s) => s.token !== null);
  const router = useRouter();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person or store packs anew
  useEffect(() => {
    if (!loggedIn) return;
    const pack = async () => {
      if (!navigator.serviceWorker?.controller) await loadPages();
      await (await import("../inventory/provision")).pack();
    };
    const timer = setTimeout(() => void pack().catch(() => {}), settled); // without reception there is nothing to pack
    return () => clearTimeout(timer);
  }, [person, storeId, loggedIn]);

  /** Without a service worker, as on a page without TLS, a page that was never loaded cannot be had below ground. */
  function loadPages() {
    return Promise.all(
      Object.values(router.routesById).map(({ options }) => (options.component as { preload?: () => Promise<void> })?.preload?.()),
    );
  }
}

/** Name and role may be changed by an admin at any time. */
function useProfile() {
  const loggedIn = useSession((s) => s.standing === "in");
  const { data } = useQuery({ queryKey: key("me"), queryFn: () => body(api.GET("/api/auth/me")), enabled: loggedIn });
  useEffect(() => {
    if (data && data.user.id === session().user?.id) setUser(data.user);
  }, [data]);
}
