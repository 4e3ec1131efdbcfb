import { describe, expect, test } from "vitest";
import { aSession } from "./examples";
import { after, ownReopen, place, savedOf, steps } from "./steps";

test("every step is followed by the next one, and the last by the end", () => {
  expect(steps.map(after)).toEqual(["night_boh", "morning", "on_order", "completed"]);
  expect(place("completed")).toBe(steps.length);
});

describe("who may open a step again without a reason", () => {
  const saved = aSession({ status: "night_boh", night_foh_saved_at: "2026-03-04T22:00:00Z", night_count_user_id: "sam" });
  const at = (time: string) => new Date(`2026-03-04T${time}Z`).getTime();
  test.each([
    ["who saved it, at once", saved, "sam", "22:01:00", true],
    ["who saved it, half an hour later", saved, "sam", "22:30:00", true],
    ["who saved it, later than that", saved, "sam", "22:30:01", false],
    ["somebody else", saved, "ana", "22:01:00", false],
    ["who saved it, after the next step", { ...saved, status: "morning" as const }, "sam", "22:01:00", false],
    ["nobody, before it is saved", aSession({ status: "night_foh" }), "sam", "22:01:00", false],
  ])("%s", (_, session, user, time, may) => {
    expect(ownReopen(session, "night_foh", user, at(time))).toBe(may);
  });
});

test("who saved the morning is not known any more once on order is saved", () => {
  const session = aSession({
    status: "on_order",
    morning_saved_at: "2026-03-05T14:00:00Z",
    morning_count_user_id: "ana",
    morning_count_user_name: "Ana Ruiz",
  });
  expect(savedOf(session, "morning")).toEqual({ at: "2026-03-05T14:00:00Z", userId: "ana", name: "Ana Ruiz" });
  expect(savedOf({ ...session, on_order_saved_at: "2026-03-05T14:10:00Z", morning_count_user_name: "Sam Rivera" }, "morning")).toEqual({
    at: "2026-03-05T14:00:00Z",
  });
});
