import { useEffect, useState } from "react";
import { kept } from "../queue/database";
import type { Method } from "./changes";

/** What the phone alone remembers of a morning, by milk. */
interface Remembered {
  /** The numbers of both methods; the server has that of the chosen one. */
  numbers: Record<string, Partial<Record<Method, number | null>>>;
  /** The number that was confirmed although it is below the night's. */
  confirmed: Record<string, number>;
}

const nothing: Remembered = { numbers: {}, confirmed: {} };
const keptKey = "milk-morning"; // one session at a time is enough

interface Kept extends Remembered {
  sessionId: string;
}

export function useRemembered(sessionId: string | undefined) {
  const [remembered, setRemembered] = useState(nothing);
  useEffect(() => {
    let gone = false;
    void kept.get<Kept>(keptKey).then((known) => {
      if (!gone && known && known.sessionId === sessionId) setRemembered(known);
    });
    return () => {
      gone = true;
    };
  }, [sessionId]);
  const remember = (change: (now: Remembered) => Remembered) => {
    setRemembered((now) => {
      const next = change(now);
      if (sessionId) void kept.set(keptKey, { ...next, sessionId } satisfies Kept);
      return next;
    });
  };
  return {
    numberOf: (milkId: string, method: Method) => remembered.numbers[milkId]?.[method] ?? null,
    rememberNumber: (milkId: string, method: Method, value: number | null) =>
      remember((now) => ({ ...now, numbers: { ...now.numbers, [milkId]: { ...now.numbers[milkId], [method]: value } } })),
    isConfirmed: (milkId: string, current: number) => remembered.confirmed[milkId] === current,
    confirm: (milkId: string, current: number) => remember((now) => ({ ...now, confirmed: { ...now.confirmed, [milkId]: current } })),
  };
}
