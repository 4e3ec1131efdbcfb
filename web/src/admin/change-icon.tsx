import { Milk, Refrigerator, Store, Users } from "lucide-react";
import { groupOf } from "./changes";

const icons = { users: Users, milk: Milk, rtde: Refrigerator, stores: Store };

export function ChangeIcon({ type }: { type: string }) {
  const Icon = icons[groupOf(type)];
  return <Icon aria-hidden className="size-5 shrink-0 text-amber" />;
}
