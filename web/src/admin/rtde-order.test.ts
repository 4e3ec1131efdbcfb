import { describe, expect, it } from "vitest";
import type { RtdeItem } from "../api/schema";
import { arrange, moveTo } from "./rtde-order";

const item = (id: string, display_order: number): RtdeItem => ({
  id,
  name: id,
  brand: null,
  image_filename: null,
  icon: null,
  par_level: 1,
  display_order,
  active: true,
  created_at: "2026-01-05T10:00:00Z",
  updated_at: "2026-01-05T10:00:00Z",
});

describe("arrange", () => {
  const items = [item("c", 3), item("a", 1), item("b", 2)];
  const table: { name: string; order: string[] | null; want: string }[] = [
    { name: "nothing was moved", order: null, want: "abc" },
    { name: "everything was", order: ["c", "b", "a"], want: "cba" },
    { name: "one is new since", order: ["b", "a"], want: "bac" },
    { name: "one is gone since", order: ["b", "x", "a", "c"], want: "bac" },
  ];
  it.each(table)("$name", ({ order, want }) => {
    expect(
      arrange(items, order)
        .map(({ id }) => id)
        .join(""),
    ).toBe(want);
  });
});

describe("moveTo", () => {
  const table: { name: string; seen: string; id: string; to: number; want: string }[] = [
    { name: "up", seen: "abcd", id: "c", to: 1, want: "acbd" },
    { name: "down", seen: "abcd", id: "b", to: 2, want: "acbd" },
    { name: "to the top", seen: "abcd", id: "d", to: 0, want: "dabc" },
    { name: "to the end", seen: "abcd", id: "a", to: 3, want: "bcda" },
    { name: "to where it is", seen: "abcd", id: "b", to: 1, want: "abcd" },
    { name: "up past one that is not seen", seen: "acd", id: "c", to: 0, want: "cabd" },
    { name: "down past one that is not seen", seen: "acd", id: "a", to: 1, want: "bcad" },
    { name: "the only one that is seen", seen: "c", id: "c", to: 0, want: "cabd" },
  ];
  it.each(table)("$name", ({ seen, id, to, want }) => {
    expect(moveTo([..."abcd"], [...seen], id, to).join("")).toBe(want);
  });
});
