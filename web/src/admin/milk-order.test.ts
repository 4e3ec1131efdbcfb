import { expect, test } from "vitest";
import type { MilkcountMilkType } from "../api/schema";
import { inOrder, moved } from "./milk-order";

function milk(id: string, category: "dairy" | "non_dairy", display_order: number): MilkcountMilkType {
  return { id, name: id, category, display_order, active: true, par_value: 0, created_at: "", updated_at: "" };
}

const shelf = [milk("whole", "dairy", 1), milk("soy", "non_dairy", 2), milk("skim", "dairy", 5), milk("oat", "non_dairy", 9)];

test.each([
  { id: "skim", by: -1 as const, order: ["skim", "soy", "whole", "oat"], changes: 2 },
  { id: "soy", by: 1 as const, order: ["whole", "oat", "skim", "soy"], changes: 2 },
  { id: "whole", by: -1 as const, order: ["whole", "soy", "skim", "oat"], changes: 0 },
  { id: "oat", by: 1 as const, order: ["whole", "soy", "skim", "oat"], changes: 0 },
])("$id by $by past its neighbour in the section", ({ id, by, order, changes }) => {
  const places = moved(shelf, id, by);
  expect(places).toHaveLength(changes);
  expect(inOrder(shelf, places).map((one) => one.id)).toEqual(order);
});

test("milks in the same place are numbered anew", () => {
  const tied = [milk("a", "dairy", 3), milk("b", "dairy", 3), milk("c", "dairy", 3)];
  expect(inOrder(tied, moved(tied, "c", -1)).map((one) => `${one.id}${one.display_order}`)).toEqual(["a1", "c2", "b3"]);
});
