import { useMemo } from "react";
import { useSession } from "../api/session";
import type { Change } from "./changes";
import { useLine } from "./queue";
import type { Write } from "./write";

/** What was done on this phone in this store and is not known to be done on the server. */
export function usePending(): Write[] {
  const writes = useLine((line) => line.writes);
  const userId = useSession((s) => s.user?.id);
  const storeId = useSession((s) => s.storeId);
  return useMemo(() => writes.filter((one) => one.userId === userId && one.storeId === storeId), [writes, userId, storeId]);
}

/** Those of some kinds that the server has not refused: what it will soon say. */
export function usePendingOf<K extends Change["kind"]>(...kinds: K[]): (Write & { change: Extract<Change, { kind: K }> })[] {
  const pending = usePending();
  const wanted = kinds.join(" ");
  return useMemo(
    () =>
      pending.filter(
        (one): one is Write & { change: Extract<Change, { kind: K }> } =>
          one.state !== "refused" && wanted.split(" ").includes(one.change.kind),
      ),
    [pending, wanted],
  );
}

/** How a row stands: on this phone, on the server, or refused by it. */
export type Mark = "phone" | "server" | "refused";

export function markOf(writes: readonly Write[]): Mark {
  if (writes.some((one) => one.state === "refused")) return "refused";
  return writes.length > 0 ? "phone" : "server";
}
