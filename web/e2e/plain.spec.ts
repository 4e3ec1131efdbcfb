import { everythingSent, expect, staff, test } from "./fixtures";

// Many a store runs it at http://192.168.…, where browsers have no locks, no service
// worker and no clipboard for a page.
test("without TLS everything works but to start without reception", async ({ page, context, shop }) => {
  const api = await shop.api();
  const [item]: { code: string }[] = (await api.get("/api/tracking/items")).items;
  if (!item) throw new Error("the demo has no items");
  const url = new URL(shop.url);
  url.hostname = "shop.test";
  await page.goto(`${url.origin}/login`);
  expect(await page.evaluate(() => [isSecureContext, "locks" in navigator, "serviceWorker" in navigator])).toEqual([false, false, false]);
  await page.getByLabel("Partner number").fill(staff.number);
  await page.getByLabel("PIN").fill(staff.pin);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.reload(); // which takes the cookie
  await page.getByRole("link", { name: /Inventory/ }).click();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.keyboard.type(item.code);
  await page.getByRole("button", { name: `Remove ${item.code}` }).click();
  await expect(page.getByText(/1 change waits/)).toBeVisible();
  await context.setOffline(false);
  await everythingSent(page);
  expect((await api.get("/api/tracking/items")).items.map((one: { code: string }) => one.code)).not.toContain(item.code);
});
