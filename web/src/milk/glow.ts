import { useEffect, useRef, useState } from "react";

const glowing = 4_000; // milliseconds

/** Whether somebody else has changed a number a moment ago, while it was looked at. */
export function useGlow(value: number | null, by: string | null, me: string): boolean {
  const before = useRef(value);
  const [glow, setGlow] = useState(false);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    if (by === null || by === me) return setGlow(false);
    setGlow(true);
    const timer = setTimeout(() => setGlow(false), glowing);
    return () => clearTimeout(timer);
  }, [value, by, me]);
  return glow;
}
