import { type InventoryChange, inventoryKinds } from "../inventory/changes";
import { type MilkChange, milkKinds } from "../milk/changes";
import { type RtdeChange, rtdeKinds } from "../rtde/changes";
import type { Kind } from "./write";

/** Everything that can be done without reception. */
export type Change = InventoryChange | MilkChange | RtdeChange;

type Kinds<C extends { kind: string }> = { [K in C["kind"]]: Kind<Extract<C, { kind: K }>> };

export type { Kinds };

const kinds: Kinds<Change> = { ...inventoryKinds, ...milkKinds, ...rtdeKinds };

export function kindOf<C extends Change>(change: C): Kind<C> {
  return kinds[change.kind] as unknown as Kind<C>;
}
