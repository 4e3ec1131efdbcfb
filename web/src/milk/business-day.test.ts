import { expect, test } from "vitest";
import { businessDateAt } from "./business-day";

const pacific = { timezone: "America/Los_Angeles", business_day_start: "04:00" };

test.each([
  ["an evening", "2026-03-05T06:30:00Z", pacific, "2026-03-04"],
  ["half past midnight is still that evening", "2026-03-05T08:30:00Z", pacific, "2026-03-04"],
  ["until four", "2026-03-05T11:59:00Z", pacific, "2026-03-04"],
  ["from four on it is the next day", "2026-03-05T12:00:00Z", pacific, "2026-03-05"],
  ["the small hours of a new year", "2026-01-01T09:00:00Z", pacific, "2025-12-31"],
  ["a store far in the east", "2026-03-04T22:00:00Z", { timezone: "Pacific/Auckland", business_day_start: "00:00" }, "2026-03-05"],
])("%s", (_, now, store, date) => {
  expect(businessDateAt(Date.parse(now), store)).toBe(date);
});
