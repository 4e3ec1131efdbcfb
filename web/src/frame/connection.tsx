import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useReach } from "../api/reach";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { useLine } from "../queue/queue";
import { usePending } from "../queue/use";

const worth = 1_000; // milliseconds that sending takes before it is worth a word
const sentShown = 4_000;

/** One line that appears only when it matters. */
export function Connection() {
  const pending = usePending();
  const refused = pending.filter((one) => one.state === "refused").length;
  const waiting = pending.length - refused;
  const offline = useOffline();
  const slow = useLasting(waiting > 0, worth);
  const sent = useSentAfter(offline);
  const text = offline
    ? t("net.offline", { n: waiting })
    : waiting > 0 && slow
      ? t("net.sending", { n: waiting })
      : sent > 0
        ? t("net.sent", { n: sent })
        : "";
  return (
    <div className="no-print mx-auto w-full max-w-[1150px] px-3 sm:px-8">
      <div role="status" data-connection={offline ? "offline" : "online"}>
        {text && <p className="mb-2 rounded-field bg-sunken px-4 py-2 text-base">{text}</p>}
      </div>
      {refused > 0 && (
        <p role="alert" className="mb-2 flex items-center justify-between gap-2 rounded-field bg-red-soft px-4 py-1 text-base text-red">
          {t("net.refused", { n: refused })}
          <Link to="/settings/changes" className="inline-flex min-h-11 items-center px-2 font-bold underline">
            {t("net.refusedShow")}
          </Link>
        </p>
      )}
    </div>
  );
}

/** The browser says so, or the last write did not get through. */
export function useOffline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  const reachable = useReach((reach) => reach.reachable);
  const loggedIn = useSession((s) => s.standing !== "guest");
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return loggedIn && (!online || !reachable);
}

/** Whether something has been so for a while. */
function useLasting(is: boolean, milliseconds: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!is) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), milliseconds);
    return () => clearTimeout(timer);
  }, [is, milliseconds]);
  return lasting;
}

/** How many writes got through since the reception came back, shortly after that. */
function useSentAfter(offline: boolean): number {
  const total = useLine((line) => line.sent);
  const [before, setBefore] = useState<number | null>(null);
  useEffect(() => {
    if (offline) setBefore((known) => known ?? total);
  }, [offline, total]);
  useEffect(() => {
    if (offline || before === null) return;
    const timer = setTimeout(() => setBefore(null), sentShown);
    return () => clearTimeout(timer);
  }, [offline, before]);
  return !offline && before !== null ? total - before : 0;
}
