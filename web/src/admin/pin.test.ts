import { expect, test } from "vitest";
import { randomPin } from "./pin";

test.each([
  { drawn: [42], pin: "0042" },
  { drawn: [1230], pin: "1230" },
  { drawn: [59_999, 4821], pin: "4821" },
  { drawn: [60_001, 7], pin: "0007" },
  { drawn: [1234, 11_111, 8765, 5023], pin: "5023" },
])("of $drawn comes a PIN that is as likely as any other and not too easy", ({ drawn, pin }) => {
  const left = [...drawn];
  expect(randomPin(() => left.shift() ?? 0)).toBe(pin);
});

test("by itself it draws four digits", () => {
  for (let i = 0; i < 200; i++) expect(randomPin()).toMatch(/^\d{4}$/);
});
