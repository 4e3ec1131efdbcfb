import { useState } from "react";
import { session } from "../api/session";

/** Something half typed, that a reload, a call or a way back must not lose. */
export function useDraft<T extends object>(name: string, empty: T, maxAge: number, begin: (kept: T) => T = (kept) => kept) {
  const { user, storeId } = session();
  const place = `sirenbase.draft ${name} ${user?.id} ${storeId ?? "home"}`;
  const [draft, setDraft] = useState<T>(() => begin(read<T>(place, maxAge) ?? empty));
  const set = (next: T) => {
    localStorage.setItem(place, JSON.stringify({ at: Date.now(), draft: next }));
    setDraft(next);
  };
  const drop = (next: T = empty) => {
    localStorage.removeItem(place);
    setDraft(next);
  };
  return [draft, set, drop] as const;
}

function read<T>(place: string, maxAge: number): T | undefined {
  try {
    const { at, draft } = JSON.parse(localStorage.getItem(place) ?? "null") as { at: number; draft: T };
    return Date.now() - at < maxAge ? draft : undefined;
  } catch {
    return undefined; // nothing there, or nonsense
  }
}
