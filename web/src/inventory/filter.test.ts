import { beforeAll, expect, test } from "vitest";
import { speak } from "../i18n";
import { counts, matching } from "./filter";
import { overlay } from "./overlay";
import { item, remove, write } from "./testing";

beforeAll(() => speak("en"));

const items = [item("4821", "Café Vanilla"), item("0007", "Mocha Sauce", "sauces"), item("0048", "Lid 16 oz", "lids")];
const rows = overlay(items, []);

test.each([
  { text: "", codes: ["4821", "0007", "0048"] },
  { text: "cafe", codes: ["4821"] },
  { text: " MOCHA ", codes: ["0007"] },
  { text: "#4821", codes: ["4821"] },
  { text: "48", codes: ["4821", "0048"] },
  { text: "lids", codes: ["0048"] },
  { text: "%", codes: [] },
])("'$text' finds $codes", ({ text, codes }) => {
  expect(matching(rows, text).map((row) => row.code)).toEqual(codes);
});

test("every category is counted, without what was just removed", () => {
  const left = overlay(items, [write(remove("0007", "Mocha Sauce"))]);
  expect(counts(left).filter((one) => one.count > 0)).toEqual([
    { category: "syrups", count: 1 },
    { category: "lids", count: 1 },
  ]);
  expect(counts(left)).toHaveLength(9);
});
