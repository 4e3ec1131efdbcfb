import { useSyncExternalStore } from "react";

/** Whether there is room for a table. In rem, so that larger text counts. */
const table = matchMedia("(min-width: 60rem)");

function watch(tell: () => void) {
  table.addEventListener("change", tell);
  return () => table.removeEventListener("change", tell);
}

export function useRoomForTable(): boolean {
  return useSyncExternalStore(watch, () => table.matches);
}
