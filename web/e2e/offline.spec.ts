import type { Page } from "@playwright/test";
import { everythingSent, expect, logIn, staff, test } from "./fixtures";

/** Waits until the app would start without reception. */
async function installed(page: Page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
}

async function remove(page: Page, code: string) {
  await page.keyboard.type(code);
  await page.getByRole("button", { name: `Remove ${code}` }).click();
  await expect(page.getByRole("button", { name: `Remove ${code}` })).toBeHidden();
}

test("a tab that is killed with 30 queued writes sends each of them once when it is reopened", async ({ page, context, shop }) => {
  test.setTimeout(120_000);
  const api = await shop.api();
  const codes: string[] = (await api.get("/api/tracking/items")).items.slice(0, 30).map((item: { code: string }) => item.code);
  expect(codes).toHaveLength(30);
  await logIn(page);
  await page.goto("/tools/tracking/items");
  await expect(page.getByText(codes[0] ?? "").first()).toBeVisible();
  await page.goto("/tools/tracking/inventory");
  await installed(page);
  await context.setOffline(true);
  for (const code of codes) await remove(page, code);
  await page.close({ runBeforeUnload: false });

  const reopened = await context.newPage();
  await reopened.goto("/settings/changes");
  await expect(reopened.locator("[data-write]")).toHaveCount(30);
  await context.setOffline(false);
  await everythingSent(reopened);
  await expect(reopened.getByText("Everything is on the server.")).toBeVisible();
  const { history } = await api.get("/api/tracking/history?action=REMOVE&limit=40");
  const removed = history.filter((entry: { item_code: string }) => codes.includes(entry.item_code));
  expect(removed.map((entry: { item_code: string }) => entry.item_code).sort()).toEqual([...codes].sort());
});

test("a write that the server refuses stays visible with its reason, and the others get through", async ({ page, context, shop }) => {
  const api = await shop.api();
  const [gone, there]: { code: string }[] = (await api.get("/api/tracking/items")).items;
  if (!gone || !there) throw new Error("the demo has no items");
  await logIn(page);
  await page.goto("/tools/tracking/inventory");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await remove(page, gone.code);
  await remove(page, there.code);
  await api.delete(`/api/tracking/items/${gone.code}`);
  await context.setOffline(false);
  await expect(page.getByText("1 change was refused.")).toBeVisible();
  await page.getByRole("link", { name: "Show" }).click();
  await expect(page.getByText("Refused: Item already removed")).toBeVisible();
  await expect(page.locator("[data-write]")).toHaveCount(1);
  expect((await api.get("/api/tracking/items")).items.map((item: { code: string }) => item.code)).not.toContain(there.code);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("Everything is on the server.")).toBeVisible();
});

test("a session that ends without reception loses nothing: the PIN, and it goes on", async ({ page, context, shop }) => {
  const api = await shop.api();
  const { users } = await api.get("/api/admin/users");
  const me = users.find((user: { partner_number: string }) => user.partner_number === staff.number);
  const [item]: { code: string }[] = (await api.get("/api/tracking/items")).items;
  if (!item) throw new Error("the demo has no items");
  await logIn(page);
  await page.goto("/tools/tracking/inventory");
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await remove(page, item.code);
  await api.put(`/api/admin/users/${me.id}/pin`, { pin: "8642" });
  await context.setOffline(false);
  const sheet = page.getByRole("dialog");
  await expect(sheet).toBeVisible();
  for (const digit of "8642") await sheet.getByRole("button", { name: digit, exact: true }).click();
  await expect(sheet).toBeHidden();
  await everythingSent(page);
  expect((await api.get("/api/tracking/items")).items.map((one: { code: string }) => one.code)).not.toContain(item.code);
  await expect(page).toHaveURL(/\/tools\/tracking\/inventory$/);
});

test("a server that is gone for a while holds the line up and loses nothing", async ({ page, shop }) => {
  const api = await shop.api();
  const [item]: { code: string }[] = (await api.get("/api/tracking/items")).items;
  if (!item) throw new Error("the demo has no items");
  await logIn(page);
  await page.goto("/tools/tracking/inventory");
  await page.waitForLoadState("networkidle");
  await page.route("**/api/**", (route) =>
    route.fulfill({ status: 503, contentType: "application/json", body: '{"error": "Database connection error. Please try again."}' }),
  );
  await remove(page, item.code);
  await expect(page.getByText(/^Sending 1 change/)).toBeVisible();
  await page.unroute("**/api/**");
  await everythingSent(page);
  expect((await api.get("/api/tracking/items")).items.map((one: { code: string }) => one.code)).not.toContain(item.code);
});

test("what one partner left on the phone waits for them, and not for whoever logs in next", async ({ page, context, shop }) => {
  const api = await shop.api();
  const [item]: { code: string }[] = (await api.get("/api/tracking/items")).items;
  if (!item) throw new Error("the demo has no items");
  await logIn(page);
  await page.goto("/tools/tracking/inventory");
  await installed(page);
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await remove(page, item.code);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await context.setOffline(false);
  await logIn(page, "ADMIN001");
  await page.goto("/settings/changes");
  await expect(page.getByText("Everything is on the server.")).toBeVisible();
  expect((await api.get("/api/tracking/items")).items.map((one: { code: string }) => one.code)).toContain(item.code);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Log out" }).click();
  await logIn(page);
  await everythingSent(page);
  expect((await api.get("/api/tracking/items")).items.map((one: { code: string }) => one.code)).not.toContain(item.code);
});
