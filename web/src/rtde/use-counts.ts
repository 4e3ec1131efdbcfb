import { useCallback, useRef, useState } from "react";
import { record } from "../queue/queue";
import type { RtdeWrite } from "./data";
import type { Line } from "./overlay";

interface Typed {
  counted: number | null;
  turn: number;
}

/**
 * Writes each number down as it is typed. What is typed is shown until the line of
 * writes has it. A blank is no count, so it is only shown while it is typed.
 */
export function useCounts(sessionId: string) {
  const [typed, setTyped] = useState<Record<string, Typed>>({});
  const turns = useRef(0);

  const forget = useCallback((itemId: string, turn: number) => {
    setTyped((all) => {
      const { [itemId]: last, ...rest } = all;
      return last?.turn === turn ? rest : all;
    });
  }, []);

  const count = async (line: Line, counted: number | null) => {
    turns.current += 1;
    const turn = turns.current;
    setTyped((all) => ({ ...all, [line.itemId]: { counted, turn } }));
    if (counted === null) return;
    await record({ kind: "rtde.count", sessionId, itemId: line.itemId, name: line.name, counted });
    forget(line.itemId, turn);
  };

  const shown = (line: Line) => {
    const now = typed[line.itemId];
    return now ? now.counted : line.counted;
  };

  /** Drops blanks that nobody filled in: what was counted before is still so. */
  const leave = useCallback(() => {
    setTyped((all) => Object.fromEntries(Object.entries(all).filter(([, { counted }]) => counted !== null)));
  }, []);

  return { count, shown, leave };
}

export function countsOf(writes: readonly RtdeWrite[], itemId: string): RtdeWrite[] {
  return writes.filter(({ change }) => change.kind === "rtde.count" && change.itemId === itemId);
}
