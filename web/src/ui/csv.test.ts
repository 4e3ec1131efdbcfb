import { expect, test } from "vitest";
import { toCsv } from "./csv";

test.each([
  { row: ["Oat", 12, null], line: "Oat,12," },
  { row: ['6" lids, white', "a\nb"], line: '"6"" lids, white","a\nb"' },
  { row: ["=1+1", "-x", -3], line: "'=1+1,'-x,-3" },
])("$row", ({ row, line }) => {
  expect(toCsv([row])).toBe(`${line}\r\n`);
});
