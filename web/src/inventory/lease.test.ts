import { expect, test, vi } from "vitest";
import { alive, type Leased, marked, missing, unspent } from "./lease";

vi.mock("../api/client", () => ({}));

const now = Date.parse("2026-01-05T10:00:00Z");
const lease: Leased[] = [
  { code: "0003", until: "2026-01-07T10:00:00Z" },
  { code: "0002", until: "2026-01-05T16:00:00Z" },
  { code: "0001", until: "2026-01-07T10:00:00Z", spent: true },
  { code: "0000", until: "2026-01-05T10:04:00Z" },
];
const codes = (list: Leased[]) => list.map((one) => one.code);

test("what has lapsed, or is about to, is thrown away", () => {
  expect(codes(alive(lease, now))).toEqual(["0003", "0002", "0001"]);
});

test("what lapses first is offered first, and nothing twice", () => {
  expect(codes(unspent(lease, now))).toEqual(["0002", "0003"]);
});

test.each([
  { wanted: 0, asked: 0 },
  { wanted: 1, asked: 0 },
  { wanted: 5, asked: 4 }, // one lasts; one lapses within the shift; one is spent
])("for $wanted codes it asks for $asked", ({ wanted, asked }) => {
  expect(missing(lease, wanted, now)).toBe(asked);
});

test("a code that was taken back is offered again", () => {
  expect(codes(unspent(marked(lease, ["0001"], false), now))).toEqual(["0002", "0001", "0003"]);
  expect(codes(unspent(marked(lease, ["0002", "0003"], true), now))).toEqual([]);
});
