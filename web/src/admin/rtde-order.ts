import type { RtdeItem } from "../api/schema";

/** The items in an order that is not saved yet; new ones come at the end. */
export function arrange(items: readonly RtdeItem[], order: readonly string[] | null): RtdeItem[] {
  const sorted = [...items].sort((a, b) => a.display_order - b.display_order);
  if (!order) return sorted;
  const place = (item: RtdeItem) => {
    const at = order.indexOf(item.id);
    return at < 0 ? order.length : at;
  };
  return sorted.sort((a, b) => place(a) - place(b));
}

/** The whole order after one of those that are seen has moved among them. */
export function moveTo(order: readonly string[], seen: readonly string[], id: string, to: number): string[] {
  const others = seen.filter((one) => one !== id);
  const rest = order.filter((one) => one !== id);
  const before = others[to - 1];
  const after = others[to];
  const at = before !== undefined ? rest.indexOf(before) + 1 : after !== undefined ? rest.indexOf(after) : 0;
  return [...rest.slice(0, at), id, ...rest.slice(at)];
}
