import { answers } from "../api/queries";
import { kindOf } from "./changes";
import type { Write } from "./write";

const patience = 5_000; // milliseconds

/** Loads anew what a write has changed, so that nothing flickers when it leaves the line. */
export async function reloadTouched(write: Write) {
  const loads = kindOf(write.change)
    .touches(write.change)
    .map((queryKey) => answers.invalidateQueries({ queryKey: [...queryKey] }));
  await Promise.race([Promise.all(loads), new Promise((resolve) => setTimeout(resolve, patience))]);
}
