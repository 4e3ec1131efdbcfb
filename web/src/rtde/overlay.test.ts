import { describe, expect, it } from "vitest";
import type { RtdeLine, RtdeSessionItems } from "../api/schema";
import type { RtdeChange } from "./changes";
import { firstBlank, overlay, type Pending, pullList, totals } from "./overlay";

const line = (id: string, par: number, more: Partial<RtdeLine> = {}): RtdeLine => ({
  item_id: id,
  name: `Item ${id}`,
  brand: null,
  image_filename: null,
  icon: null,
  par_level: par,
  display_order: 1,
  counted_quantity: 0,
  is_counted: false,
  need_quantity: par,
  is_pulled: false,
  ...more,
});

const copy = (...items: RtdeLine[]): RtdeSessionItems => ({
  session: {
    id: "s",
    user_id: "u",
    user_name: "Sam Rivera",
    started_by: "u",
    started_by_name: "Sam Rivera",
    status: "in_progress",
    started_at: "2026-01-05T10:00:00Z",
    expires_at: "2026-01-05T10:30:00Z",
    received_at: "2026-01-05T10:00:00Z",
  },
  items,
});

const write = (change: RtdeChange, recordedAt = "2026-01-05T10:10:00Z"): Pending => ({ change, recordedAt });
const count = (itemId: string, counted: number, sessionId = "s") => write({ kind: "rtde.count", sessionId, itemId, name: "", counted });
const pull = (itemId: string, pulled: boolean) => write({ kind: "rtde.pull", sessionId: "s", itemId, name: "", pulled });
const complete = write({ kind: "rtde.complete", sessionId: "s" });

describe("counts", () => {
  const table: { name: string; item: Partial<RtdeLine>; pending: Pending[]; counted: number | null; need: number }[] = [
    { name: "nothing is known", item: {}, pending: [], counted: null, need: 8 },
    { name: "a zero on the server is a count", item: { is_counted: true }, pending: [], counted: 0, need: 8 },
    { name: "a count on the server", item: { is_counted: true, counted_quantity: 3 }, pending: [], counted: 3, need: 5 },
    { name: "a count on this phone", item: {}, pending: [count("a", 2)], counted: 2, need: 6 },
    { name: "a zero on this phone is a count", item: {}, pending: [count("a", 0)], counted: 0, need: 8 },
    { name: "this phone knows better", item: { is_counted: true, counted_quantity: 3 }, pending: [count("a", 0)], counted: 0, need: 8 },
    { name: "the last word counts", item: {}, pending: [count("a", 2), count("a", 9)], counted: 9, need: 0 },
    { name: "of another item", item: {}, pending: [count("b", 2)], counted: null, need: 8 },
    { name: "of another session", item: {}, pending: [count("a", 2, "t")], counted: null, need: 8 },
    { name: "a pull is no count", item: {}, pending: [pull("a", true)], counted: null, need: 8 },
    { name: "the end changes no count", item: {}, pending: [count("a", 2), complete], counted: 2, need: 6 },
  ];
  it.each(table)("$name", ({ item, pending, counted, need }) => {
    const [first] = overlay(copy(line("a", 8, item)), pending).lines;
    expect(first).toMatchObject({ counted, need });
  });
});

describe("pulls", () => {
  const table: { name: string; pulledThere: boolean; pending: Pending[]; pulled: boolean }[] = [
    { name: "not pulled", pulledThere: false, pending: [], pulled: false },
    { name: "pulled on the server", pulledThere: true, pending: [], pulled: true },
    { name: "pulled on this phone", pulledThere: false, pending: [pull("a", true)], pulled: true },
    { name: "taken back on this phone", pulledThere: true, pending: [pull("a", false)], pulled: false },
    { name: "to and fro", pulledThere: false, pending: [pull("a", true), pull("a", false), pull("a", true)], pulled: true },
  ];
  it.each(table)("$name", ({ pulledThere, pending, pulled }) => {
    const [first] = overlay(copy(line("a", 8, { is_pulled: pulledThere })), pending).lines;
    expect(first?.pulled).toBe(pulled);
  });
});

describe("the pull list", () => {
  it("has what was counted and is short of par, zeros included", () => {
    const { lines } = overlay(copy(line("out", 4), line("short", 8), line("full", 3), line("over", 3), line("blank", 6)), [
      count("out", 0),
      count("short", 5),
      count("full", 3),
      count("over", 7),
    ]);
    expect(pullList(lines).map(({ itemId, need }) => [itemId, need])).toEqual([
      ["out", 4],
      ["short", 3],
    ]);
  });
});

describe("the totals", () => {
  it("are what the server writes down at the end", () => {
    const { lines } = overlay(copy(line("a", 8), line("b", 4), line("c", 2), line("d", 5)), [
      count("a", 3),
      count("b", 0),
      count("c", 2),
      pull("a", true),
      complete,
    ]);
    expect(totals(lines)).toEqual({ counted: 3, pulled: 1, units: 5 });
  });
});

describe("the half hour", () => {
  const at = (time: string) => Date.parse(`2026-01-05T${time}Z`);
  it("is the server's while nothing waits", () => {
    expect(overlay(copy(), []).restsAt).toBe(at("10:30:00"));
  });
  it("begins anew with each write on this phone", () => {
    expect(overlay(copy(), [count("a", 1)]).restsAt).toBe(at("10:40:00"));
  });
  it("is never shortened by an older write", () => {
    const old = { ...count("a", 1), recordedAt: "2026-01-05T09:10:00Z" };
    expect(overlay(copy(), [old]).restsAt).toBe(at("10:30:00"));
  });
});

it("begins at the first item that is not counted", () => {
  const { lines } = overlay(copy(line("a", 8), line("b", 4), line("c", 2)), [count("a", 0), count("c", 1)]);
  expect(firstBlank(lines)?.itemId).toBe("b");
});
