import { useRef, useState } from "react";
import { explain } from "../ui/failure";
import { sayFailure } from "../ui/message";

const writing = new Set<Promise<unknown>>();

/** Waits until everything that was typed is written down on the phone. */
export async function allWritten() {
  await Promise.all(writing);
}

/**
 * A number under the finger. What is typed is seen at once, before the phone has
 * written it down; and what others enter waits until the field is left.
 */
export function useOwn<V>(value: V, write: (value: V) => Promise<unknown>) {
  const [own, setOwn] = useState<{ value: V; writing: boolean } | null>(null);
  const [focused, setFocused] = useState(false);
  const last = useRef(0);
  const change = (next: V) => {
    last.current += 1;
    const mine = last.current;
    setOwn({ value: next, writing: true });
    const written = write(next)
      .catch((error) => sayFailure(explain(error)))
      .finally(() => {
        writing.delete(written);
        if (mine === last.current) setOwn({ value: next, writing: false });
      });
    writing.add(written);
  };
  const shown = own && (focused || own.writing) ? own.value : value;
  return {
    shown,
    change,
    /** For what is around the field. */
    around: {
      onFocus: (event: React.FocusEvent) => {
        if (!event.target.matches("[data-count]")) return;
        setOwn((now) => (now?.writing ? now : { value: shown, writing: false }));
        setFocused(true);
      },
      onBlur: () => setFocused(false),
    },
  };
}
