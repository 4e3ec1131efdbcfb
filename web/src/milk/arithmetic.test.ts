import { describe, expect, test } from "vitest";
import { orderLines, summarize, toCSV } from "./arithmetic";
import { anEntry } from "./examples";

type Some = Parameters<typeof anEntry>[1];

describe("what is left to order", () => {
  test.each<[string, number, Some, { delivered?: number; total: number; order: number; used_overnight?: number }]>([
    ["nothing counted is nothing there", 19, {}, { total: 0, order: 19 }],
    [
      "the back fridge has more than at night",
      19,
      { foh_count: 5, boh_count: 8, morning_method: "boh_count", current_boh: 12, on_order: 1 },
      { delivered: 4, total: 17, order: 1 },
    ],
    [
      "it has less than at night",
      19,
      { foh_count: 5, boh_count: 8, morning_method: "boh_count", current_boh: 5 },
      { total: 13, order: 6, used_overnight: 3 },
    ],
    [
      "it is empty in the morning",
      19,
      { boh_count: 8, morning_method: "boh_count", current_boh: 0 },
      { total: 8, order: 11, used_overnight: 8 },
    ],
    ["the night did not count it", 19, { morning_method: "boh_count", current_boh: 6 }, { delivered: 6, total: 6, order: 13 }],
    [
      "the delivery itself",
      19,
      { foh_count: 1, boh_count: 2, morning_method: "direct_delivered", delivered: 7 },
      { delivered: 7, total: 10, order: 9 },
    ],
    ["a method without a number", 4, { foh_count: 1, morning_method: "boh_count" }, { total: 1, order: 3 }],
    ["more than par", 4, { foh_count: 9 }, { total: 9, order: 0 }],
    ["par with what is on order", 4, { foh_count: 1, on_order: 3 }, { total: 1, order: 0 }],
    ["no par", 0, { foh_count: 1 }, { total: 1, order: 0 }],
  ])("%s", (_, par, entry, want) => {
    const { summary } = summarize([anEntry("Oat", entry)], () => par);
    expect(summary[0]).toMatchObject({ delivered: 0, used_overnight: 0, par, ...want });
  });
});

const { summary, totals } = summarize(
  [
    anEntry("Whole", { foh_count: 5, boh_count: 8 }),
    anEntry('Oat, "extra"', { foh_count: 2, on_order: 1 }),
    anEntry("=Soy", { foh_count: 9 }),
  ],
  (milk) => (milk === "Whole" ? 20 : 6),
);

test("totals are the sums of the rows", () => {
  expect(totals).toEqual({ total_foh: 16, total_boh: 8, total_delivered: 0, total_on_order: 1, total_inventory: 24, total_order: 10 });
});

test("the order has what must be ordered, in the sequence of the shelf", () => {
  expect(orderLines(summary)).toEqual([
    { milk: "Whole", n: 7 },
    { milk: 'Oat, "extra"', n: 3 },
  ]);
});

test("the table is that of the server, and holds no formula", () => {
  expect(toCSV(summary).split("\r\n")).toEqual([
    "\uFEFFmilk_type,category,foh,boh,delivered,on_order,total,par,order,used_overnight",
    "Whole,dairy,5,8,0,0,13,20,7,0",
    '"Oat, ""extra""",dairy,2,0,0,1,2,6,3,0',
    "'=Soy,dairy,9,0,0,0,9,6,0,0",
    "Total,,16,8,0,1,24,32,10,0",
    "",
  ]);
});
