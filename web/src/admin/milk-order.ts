import type { MilkcountMilkType } from "../api/schema";

export interface Place {
  id: string;
  display_order: number;
}

/**
 * The places that change when a milk goes past its neighbour in its section. Where
 * two milks have the same place, all are numbered anew, or nothing would move.
 */
export function moved(milks: readonly MilkcountMilkType[], id: string, by: -1 | 1): Place[] {
  const all = [...milks].sort((a, b) => a.display_order - b.display_order);
  const section = all.filter((one) => one.category === all.find((milk) => milk.id === id)?.category);
  const mover = section.findIndex((one) => one.id === id);
  const [a, b] = [section[mover], section[mover + by]];
  if (!a || !b) return [];
  const places = all.map((one) => one.display_order);
  const free = new Set(places).size === places.length ? places : all.map((_, at) => at + 1);
  const order = all.map((one) => (one === a ? b : one === b ? a : one));
  return order.flatMap((one, at) => {
    const place = free[at] ?? at + 1;
    return one.display_order === place ? [] : [{ id: one.id, display_order: place }];
  });
}

/** The milks with some of them in new places. */
export function inOrder(milks: readonly MilkcountMilkType[], places: readonly Place[] = []): MilkcountMilkType[] {
  return milks.map((one) => ({ ...one, ...places.find((place) => place.id === one.id) })).sort((a, b) => a.display_order - b.display_order);
}
