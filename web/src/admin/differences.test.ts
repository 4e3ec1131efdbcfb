import { expect, test } from "vitest";
import { type Difference, differences, reason } from "./differences";

test.each<{ details: Record<string, unknown> | null; says: Difference[] }>([
  { details: null, says: [] },
  { details: { old: 9, new: 12 }, says: [{ field: "value", from: 9, to: 12 }] },
  {
    details: { old: { name: "Sam", role: "staff", status: "active" }, new: { name: "Sam", role: "admin", status: "active" } },
    says: [{ field: "role", from: "staff", to: "admin" }],
  },
  { details: { old: { name: "A" }, new: { name: "A", icon: "x" } }, says: [{ field: "icon", from: undefined, to: "x" }] },
  { details: { from: "completed", to: "morning", reason: "a slip", old: [] }, says: [{ field: "step", from: "completed", to: "morning" }] },
  { details: { step: "morning", new: [] }, says: [] },
  { details: { rows: { users: 3 } }, says: [] },
])("$details", ({ details, says }) => {
  expect(differences({ details })).toEqual(says);
});

test("a reason is told where there is one", () => {
  expect(reason({ details: { reason: "a slip" } })).toBe("a slip");
  expect(reason({ details: null })).toBe("");
});
