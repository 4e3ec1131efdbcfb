import { useCallback, useEffect, useState } from "react";
import { kept } from "../queue/database";
import type { Totals } from "./overlay";

/** How far a partner is in a session, remembered by the phone. */
export interface Place {
  sessionId: string;
  phase: "count" | "pull";
  itemId: string | null;
}

const placeKey = "rtde.place";
const receiptKey = "rtde.receipt";

/** The session that was last worked on with this phone. */
export function lastPlace(): Promise<Place | undefined> {
  return kept.get<Place>(placeKey);
}

/** Undefined until the phone has remembered; null if there is nothing to remember. */
export function usePlace(sessionId: string): [Place | null | undefined, (place: Omit<Place, "sessionId">) => void] {
  const [place, setPlace] = useState<Place | null>();
  useEffect(() => {
    void lastPlace().then((found) => setPlace(found?.sessionId === sessionId ? found : null));
  }, [sessionId]);
  const go = useCallback(
    (to: Omit<Place, "sessionId">) => {
      const next = { ...to, sessionId };
      setPlace(next);
      void kept.set(placeKey, next);
    },
    [sessionId],
  );
  return [place, go];
}

/** What is shown at the end; the server drops the counts then. */
export interface Receipt extends Totals {
  sessionId: string;
  userName: string;
  startedAt: string;
  completedAt: string;
  /** How many items of the pull list were left. */
  left: number;
}

/** Undefined until the phone has remembered; null if the session has not ended on it. */
export function useReceipt(
  sessionId: string,
): [Receipt | null | undefined, (receipt: Receipt, complete: () => Promise<unknown>) => Promise<void>, () => void] {
  const [receipt, setReceipt] = useState<Receipt | null>();
  useEffect(() => {
    void kept.get<Receipt>(receiptKey).then((found) => setReceipt(found?.sessionId === sessionId ? found : null));
  }, [sessionId]);
  const end = useCallback(async (next: Receipt, complete: () => Promise<unknown>) => {
    await complete(); // never a receipt of what was not written down
    await kept.set(receiptKey, next);
    setReceipt(next);
  }, []);
  const forget = useCallback(() => {
    setReceipt(null);
    void kept.delete(receiptKey);
  }, []);
  return [receipt, end, forget];
}
