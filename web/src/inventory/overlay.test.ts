import { expect, test } from "vitest";
import type { InventoryWrite } from "./changes";
import { holderOf, overlay } from "./overlay";
import { add, delivery, item, remove, restore, write } from "./testing";

const vanilla = item("4821", "Vanilla Syrup");
const mocha = item("0007", "Mocha Sauce", "sauces");

interface Case {
  when: string;
  writes: InventoryWrite[];
  /** code name state mark */
  rows: string[];
}

const cases: Case[] = [
  { when: "nothing waits", writes: [], rows: ["4821 Vanilla Syrup active server", "0007 Mocha Sauce active server"] },
  {
    when: "an add waits",
    writes: [write(add("0412", "Oat Syrup"))],
    rows: ["0412 Oat Syrup active phone", "4821 Vanilla Syrup active server", "0007 Mocha Sauce active server"],
  },
  {
    when: "the server has an add that is still in the line",
    writes: [write(add("4821", "Vanilla Syrup"), "sending")],
    rows: ["4821 Vanilla Syrup active phone", "0007 Mocha Sauce active server"],
  },
  {
    when: "a removal waits",
    writes: [write(remove("4821", "Vanilla Syrup"))],
    rows: ["4821 Vanilla Syrup leaving phone", "0007 Mocha Sauce active server"],
  },
  {
    when: "the server has a removal that is still in the line",
    writes: [write(remove("0900", "Gone"), "sending")],
    rows: ["4821 Vanilla Syrup active server", "0007 Mocha Sauce active server"],
  },
  {
    when: "a removal is undone, both waiting",
    writes: [write(remove("4821", "Vanilla Syrup")), write(restore("4821", "Vanilla Syrup"))],
    rows: ["4821 Vanilla Syrup active phone", "0007 Mocha Sauce active server"],
  },
  {
    when: "a code is used again for something else",
    writes: [write(remove("4821", "Vanilla Syrup")), write(add("4821", "Oat Syrup"))],
    rows: ["4821 Oat Syrup active phone", "4821 Vanilla Syrup leaving phone", "0007 Mocha Sauce active server"],
  },
  {
    when: "and that is removed again",
    writes: [write(remove("4821", "Vanilla Syrup")), write(add("4821", "Oat Syrup")), write(remove("4821", "Oat Syrup"))],
    rows: ["4821 Oat Syrup leaving phone", "4821 Vanilla Syrup leaving phone", "0007 Mocha Sauce active server"],
  },
  {
    when: "something comes back that is not on the list",
    writes: [write(restore("0900", "Cups"))],
    rows: ["0900 Cups active phone", "4821 Vanilla Syrup active server", "0007 Mocha Sauce active server"],
  },
  {
    when: "a delivery waits",
    writes: [write(delivery("Oat Syrup", "0001", "0002"))],
    rows: [
      "0002 Oat Syrup active phone",
      "0001 Oat Syrup active phone",
      "4821 Vanilla Syrup active server",
      "0007 Mocha Sauce active server",
    ],
  },
  {
    when: "a delivery is refused: one row, one reason",
    writes: [write(delivery("Oat Syrup", "0001", "0002"), "refused")],
    rows: ["0001 Oat Syrup × 2 refused refused", "4821 Vanilla Syrup active server", "0007 Mocha Sauce active server"],
  },
  {
    when: "an add is refused because the code is taken",
    writes: [write(add("4821", "Oat Syrup"), "refused")],
    rows: ["4821 Oat Syrup refused refused", "4821 Vanilla Syrup active server", "0007 Mocha Sauce active server"],
  },
  {
    when: "a removal is refused and the item is still there",
    writes: [write(remove("4821", "Vanilla Syrup"), "refused")],
    rows: ["4821 Vanilla Syrup active refused", "0007 Mocha Sauce active server"],
  },
  {
    when: "a removal is refused because somebody else removed it",
    writes: [write(remove("0900", "Gone"), "refused")],
    rows: ["0900 Gone refused refused", "4821 Vanilla Syrup active server", "0007 Mocha Sauce active server"],
  },
];

test.each(cases)("$when", ({ writes, rows }) => {
  expect(overlay([vanilla, mocha], writes).map((row) => `${row.code} ${row.name} ${row.state} ${row.mark}`)).toEqual(rows);
});

test("the server's own list is never changed", () => {
  const items = [vanilla];
  const before = structuredClone(items);
  overlay(items, [write(remove("4821", "Vanilla Syrup"))]);
  expect(items).toEqual(before);
});

test("who has a code is neither what leaves nor what was refused", () => {
  const rows = overlay([vanilla], [write(remove("4821", "Vanilla Syrup")), write(add("4821", "Oat Syrup"))]);
  expect(holderOf(rows, "4821")?.name).toBe("Oat Syrup");
  expect(holderOf(overlay([], [write(add("4821", "Oat Syrup"), "refused")]), "4821")).toBeUndefined();
});

test("two thousand items take no time", () => {
  const items = Array.from({ length: 2000 }, (_, n) => item(String(n).padStart(4, "0"), `Item ${n}`));
  const writes = items.slice(0, 50).map(({ code, name }) => write(remove(code, name)));
  const start = performance.now();
  expect(overlay(items, writes).filter((row) => row.state === "active")).toHaveLength(1950);
  expect(performance.now() - start).toBeLessThan(200);
});
