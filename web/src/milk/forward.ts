import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { MilkcountSession } from "../api/schema";
import { t } from "../i18n";
import { say } from "../ui/message";
import { shortName } from "../ui/person";
import type { UsedCount } from "./count";
import { pages, place, type Step, savedOf } from "./steps";

/**
 * Leads from a step that is not the session's to the one that is: when the page is
 * opened at the wrong time, when the step is saved here, and when somebody else
 * saves it. Back to an earlier step only on fresh news, not on an old copy.
 */
export function useForward(step: Step, { session, settled, none }: UsedCount, me: string) {
  const navigate = useNavigate();
  const worked = useRef(false);
  useEffect(() => {
    if (none) void navigate({ to: "/tools/milk-count", replace: true });
    if (!session) return;
    if (session.status === step) worked.current = true;
    else if (place(session.status) > place(step) || settled) {
      if (worked.current) tell(session, step, me);
      void navigate({ ...whereTo(session, worked.current), replace: true });
    }
  }, [session, settled, none, step, me, navigate]);
}

function whereTo(session: MilkcountSession, worked: boolean) {
  const search = { session: session.id };
  if (session.status === "completed") return { to: "/tools/milk-count/summary/$id" as const, params: { id: session.id } };
  // The night's work ends with the back; the morning is another shift's.
  if (worked && session.status === "morning") return { to: "/tools/milk-count" as const, search };
  return { to: pages[session.status], search };
}

function tell(session: MilkcountSession, step: Step, me: string) {
  const saved = savedOf(session, step);
  if (!saved) return say(t("milk.movedBack"));
  if (saved.name && saved.name !== me) say(t("milk.savedByOther", { name: shortName(saved.name), step: t(`milk.step.${step}`) }));
}
