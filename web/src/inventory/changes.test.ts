import { expect, test } from "vitest";
import { inverseOf } from "./changes";
import { type Done, follow } from "./loop";
import { add, delivery, remove, restore, write } from "./testing";

test.each([
  { change: add("4821", "Oat"), inverse: [{ ...remove("4821", "Oat"), category: "syrups" }] },
  { change: remove("4821", "Oat"), inverse: [restore("4821", "Oat")] },
  { change: restore("4821", "Oat"), inverse: [remove("4821", "Oat")] },
  { change: delivery("Oat", "0001", "0002"), inverse: ["0001", "0002"].map((code) => ({ ...remove(code, "Oat"), category: "syrups" })) },
])("the opposite of $change.kind", ({ change, inverse }) => {
  expect(inverseOf(change)).toEqual(inverse);
});

test("what was refused and then discarded leaves the list of what was done", () => {
  const refused = write(remove("4821", "Oat"), "refused");
  const done: Done = { id: refused.id, userId: "u1", storeId: null, change: refused.change, refused: false, undoneBy: null };
  const seen = follow([done], [refused]);
  expect(seen).toMatchObject([{ refused: true }]);
  expect(follow(seen, [])).toEqual([]);
  expect(follow([done], [])).toEqual([done]);
});
