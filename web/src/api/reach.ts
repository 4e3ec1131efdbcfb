import { create } from "zustand";

/** Whether the last request got an answer. What a browser itself says of its network means little in a basement. */
export const useReach = create(() => ({ reachable: true }));

export function noteReach(reachable: boolean) {
  if (useReach.getState().reachable !== reachable) useReach.setState({ reachable });
}
