import { describe, expect, test } from "vitest";
import type { MilkcountSession } from "../api/schema";
import type { MilkChange } from "./changes";
import { aMilk, anEntry, aSession, aWrite } from "./examples";
import { overlay, overlaySession, withNewMilks } from "./overlay";

const sam = { id: "sam", name: "Sam Rivera" };
const sessionId = "s1";
const draft = (milkId: string, of: Extract<MilkChange, { kind: "milk.draft" }>["draft"]): MilkChange => ({
  kind: "milk.draft",
  sessionId,
  milkId,
  milk: milkId,
  draft: of,
});
const saves: Record<string, MilkChange> = {
  foh: { kind: "milk.foh", sessionId, counts: [{ milk_type_id: "Oat", foh_count: 4 }] },
  boh: { kind: "milk.boh", sessionId, counts: [{ milk_type_id: "Oat", boh_count: 6 }] },
  morning: { kind: "milk.morning", sessionId, counts: [{ milk_type_id: "Oat", method: "boh_count", current_boh: 9 }] },
  onOrder: { kind: "milk.onOrder", sessionId, counts: [{ milk_type_id: "Oat", on_order: 2 }] },
};
const save = (name: string) => saves[name] as MilkChange;

describe("numbers", () => {
  test.each<[string, MilkChange[], Partial<ReturnType<typeof anEntry>>]>([
    ["nothing waits", [], { foh_count: 3 }],
    ["a number of the front", [draft("Oat", { step: "night_foh", value: 5 })], { foh_count: 5 }],
    ["a true zero", [draft("Oat", { step: "night_foh", value: 0 })], { foh_count: 0 }],
    ["a number that is cleared", [draft("Oat", { step: "night_foh", value: null })], { foh_count: null }],
    [
      "the later one wins",
      [draft("Oat", { step: "night_foh", value: 5 }), draft("Oat", { step: "night_foh", value: 7 })],
      { foh_count: 7 },
    ],
    ["another milk", [draft("Soy", { step: "night_foh", value: 5 })], { foh_count: 3 }],
    ["another session", [{ kind: "milk.foh", sessionId: "s0", counts: [{ milk_type_id: "Oat", foh_count: 9 }] }], { foh_count: 3 }],
    ["the back now", [save("boh"), draft("Oat", { step: "morning", method: "boh_count", value: 9 })], { current_boh: 9, delivered: 3 }],
    [
      "less in the back than at night",
      [save("boh"), draft("Oat", { step: "morning", method: "boh_count", value: 2 })],
      { current_boh: 2, delivered: 0 },
    ],
    [
      "the other method",
      [save("boh"), save("morning"), draft("Oat", { step: "morning", method: "direct_delivered", value: 5 })],
      { morning_method: "direct_delivered", current_boh: null, delivered: 5 },
    ],
    [
      "a corrected night changes what was delivered",
      [save("boh"), save("morning"), draft("Oat", { step: "night_boh", value: 1 })],
      { delivered: 8 },
    ],
    [
      "all steps",
      [save("foh"), save("boh"), save("morning"), save("onOrder")],
      { foh_count: 4, boh_count: 6, current_boh: 9, delivered: 3, on_order: 2 },
    ],
  ])("%s", (_, changes, want) => {
    const count = { session: aSession(), entries: [anEntry("Oat", { foh_count: 3 }), anEntry("Soy")] };
    expect(
      overlay(
        count,
        changes.map((change) => aWrite(change)),
        sam,
      ).entries[0],
    ).toMatchObject(want);
  });

  test("a refused one is left out", () => {
    const refused = { ...aWrite(save("foh")), state: "refused" as const };
    const count = { session: aSession(), entries: [anEntry("Oat", { foh_count: 3 })] };
    expect(overlay(count, [refused], sam)).toEqual(count);
  });

  test("a row says who counted it last, and when", () => {
    const count = {
      session: aSession(),
      entries: [anEntry("Oat", { updated_by_name: "Ana Ruiz" }), anEntry("Soy", { updated_by_name: "Ana Ruiz" })],
    };
    const { entries } = overlay(count, [aWrite(draft("Oat", { step: "night_foh", value: 1 }), "2026-03-04T22:07:00Z")], sam);
    expect(entries.map((entry) => [entry.updated_by_name, entry.updated_at])).toEqual([
      ["Sam Rivera", "2026-03-04T22:07:00Z"],
      ["Ana Ruiz", "2026-03-04T21:50:00Z"],
    ]);
  });

  test("laid over twice it is the same", () => {
    const writes = [save("foh"), save("boh"), save("morning"), save("onOrder")].map((change) => aWrite(change));
    const once = overlay({ session: aSession(), entries: [anEntry("Oat")] }, writes, sam);
    expect(overlay(once, writes, sam)).toEqual(once);
  });
});

describe("where the session stands", () => {
  const reopen = (status: "night_foh" | "on_order"): MilkChange => ({ kind: "milk.reopen", sessionId, status, reason: "" });
  test.each<[string, MilkcountSession["status"], MilkChange[], MilkcountSession["status"]]>([
    ["a draft does not move it", "night_foh", [draft("Oat", { step: "night_foh", value: 5 })], "night_foh"],
    ["the front is saved", "night_foh", [save("foh")], "night_boh"],
    ["everything is saved", "night_foh", [save("foh"), save("boh"), save("morning"), save("onOrder")], "completed"],
    ["a save that the server has already", "night_boh", [save("foh")], "night_boh"],
    ["a save that came after what is known", "night_foh", [save("boh")], "morning"],
    ["opened again", "morning", [reopen("night_foh")], "night_foh"],
    ["opened again and saved again", "night_boh", [reopen("night_foh"), save("foh")], "night_boh"],
    ["opened again already", "night_foh", [reopen("night_foh")], "night_foh"],
    ["the end opened again", "completed", [reopen("on_order")], "on_order"],
  ])("%s", (_, status, changes, want) => {
    expect(
      overlaySession(
        aSession({ status }),
        changes.map((change) => aWrite(change)),
        sam,
      ).status,
    ).toBe(want);
  });

  test("a save says who and when, and opening again forgets it", () => {
    const all = [save("foh"), save("boh"), save("morning"), save("onOrder")].map((change) => aWrite(change));
    const completed = overlaySession(aSession(), all, sam);
    expect(completed).toMatchObject({
      night_count_user_name: "Sam Rivera",
      night_boh_saved_at: "2026-03-04T22:00:00Z",
      on_order_user_id: "sam",
      completed_at: "2026-03-04T22:00:00Z",
    });
    expect(overlaySession(completed, [aWrite(reopen("night_foh"))], sam)).toEqual(aSession());
    expect(overlaySession(completed, [aWrite(reopen("on_order"))], sam)).toMatchObject({
      status: "on_order",
      morning_saved_at: "2026-03-04T22:00:00Z",
    });
  });
});

test("a milk that was added since has a blank row, but not in a completed session", () => {
  const milks = [aMilk("Oat"), aMilk("Hemp")];
  const names = (status: MilkcountSession["status"]) =>
    withNewMilks({ session: aSession({ status }), entries: [anEntry("Oat")] }, milks).entries.map((entry) => entry.milk_type_name);
  expect(names("night_foh")).toEqual(["Oat", "Hemp"]);
  expect(names("completed")).toEqual(["Oat"]);
});
