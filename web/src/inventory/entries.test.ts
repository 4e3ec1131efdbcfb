import { expect, test } from "vitest";
import { entries, lastWords } from "./entries";
import { add, delivery, entry, remove, write } from "./testing";

const history = [entry("REMOVE", "4821", "Vanilla Syrup"), entry("ADD", "0007", "Mocha Sauce"), entry("ADD", "4821", "Vanilla Syrup")];
const all = { action: null, code: "" };

test("what waits on this phone stands above what the server knows, the newest first", () => {
  const writes = [write(add("0412", "Oat Syrup")), write(remove("0007", "Mocha Sauce"), "refused")];
  expect(entries(history, writes, "Sam Rivera", all).map(({ action, code, mark }) => `${action} ${code} ${mark}`)).toEqual([
    "REMOVE 0007 refused",
    "ADD 0412 phone",
    "REMOVE 4821 server",
    "ADD 0007 server",
    "ADD 4821 server",
  ]);
});

test("a delivery has an entry for each code, and one reason", () => {
  const list = entries([], [write(delivery("Oat Syrup", "0001", "0002"), "refused")], "Sam Rivera", all);
  expect(list.map(({ code, writes }) => [code, writes.length])).toEqual([
    ["0002", 1],
    ["0001", 0],
  ]);
});

test.each([
  { choice: { action: "REMOVE" as const, code: "" }, codes: ["4821"] },
  { choice: { action: null, code: "48" }, codes: ["4821", "4821"] },
  { choice: { action: "ADD" as const, code: "0007" }, codes: ["0007"] },
])("$choice", ({ choice, codes }) => {
  expect(entries(history, [], "", choice).map((one) => one.code)).toEqual(codes);
});

test("only the last word on a code can be undone, and a refused one is none", () => {
  const list = entries(history, [write(remove("0007", "Mocha Sauce"), "refused")], "Sam Rivera", all);
  expect([...lastWords(list)]).toEqual(["REMOVE 4821", "ADD 0007"]);
});
