import { useEffect, useState } from "react";
import { api, body, inCookie } from "../api/client";
import { Refused } from "../api/errors";
import { enter } from "../api/session";
import { settleLogOut } from "../session/log-out";
import { explain } from "../ui/failure";

/** Logging in, with the countdown of a throttled account. */
export function useLogin() {
  const [failure, setFailure] = useState<string | null>(null);
  const [wait, setWait] = useState(0);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  /** True if it worked. */
  async function logIn(partnerNumber: string, pin: string): Promise<boolean> {
    setBusy(true);
    setFailure(null);
    try {
      await settleLogOut().catch(() => {}); // the login itself says what is wrong
      const answer = await body(api.POST("/api/auth/login", { headers: inCookie, body: { partner_number: partnerNumber, pin } }));
      enter(answer.token, answer.user);
      return true;
    } catch (error) {
      if (error instanceof Refused && error.status === 429) setWait(error.retryAfter ?? 30);
      else setFailure(explain(error));
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { logIn, failure, wait, busy };
}
