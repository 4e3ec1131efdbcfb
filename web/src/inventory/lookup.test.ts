import { expect, test } from "vitest";
import type { TrackingItemStory } from "../api/schema";
import { lookUp } from "./lookup";
import { overlay } from "./overlay";
import { add, entry, item, remove, write } from "./testing";

const items = [item("4821", "Vanilla Syrup")];
const nothing = { rows: overlay(items, []), writes: [], removals: [], story: undefined, asking: false };
const removed: TrackingItemStory = {
  item: { ...item("0900", "Cups"), is_removed: true, removed_by_name: "Maya Lopez", removed_at: "2026-01-05T23:00:00.000000Z" },
  history: [],
};

test("what is on the list is there, and the server need not be asked", () => {
  expect(lookUp("4821", nothing)).toMatchObject({ is: "active", name: "Vanilla Syrup" });
});

test("what this phone removed a moment ago can be restored", () => {
  const writes = [write(remove("4821", "Vanilla Syrup"))];
  expect(lookUp("4821", { ...nothing, rows: overlay(items, writes), writes })).toMatchObject({
    is: "removed",
    name: "Vanilla Syrup",
    who: null,
  });
});

test("a refused removal changes nothing", () => {
  const writes = [write(remove("4821", "Vanilla Syrup"), "refused")];
  expect(lookUp("4821", { ...nothing, rows: overlay(items, writes), writes })).toMatchObject({ is: "active" });
});

test("what this phone added is there before any list is loaded", () => {
  const writes = [write(add("0412", "Oat Syrup"))];
  expect(lookUp("0412", { ...nothing, rows: undefined, writes })).toMatchObject({ is: "active", name: "Oat Syrup" });
});

test.each([
  { when: "the server is being asked", known: { asking: true }, is: "looking" },
  { when: "the server knows of no such code", known: { story: null }, is: "free" },
  { when: "the server knows that it was removed", known: { story: removed }, is: "removed" },
  { when: "nobody can say", known: {}, is: "unknown" },
  { when: "the history on this phone knows that it was removed", known: { removals: [entry("REMOVE", "0900", "Cups")] }, is: "removed" },
])("not on the list, $when: $is", ({ known, is }) => {
  expect(lookUp("0900", { ...nothing, ...known }).is).toBe(is);
});
