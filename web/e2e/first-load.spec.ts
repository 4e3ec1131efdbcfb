import { gzipSync } from "node:zlib";
import { expect, logIn, test } from "./fixtures";

const budget = 150_000; // bytes of compressed JavaScript

test("the way to the dashboard costs a fresh phone at most 150 kB of JavaScript", async ({ page }) => {
  let bytes = 0;
  const seen = new Set<string>();
  page.on("response", async (response) => {
    const url = new URL(response.url());
    if (!url.pathname.endsWith(".js") || seen.has(url.pathname) || response.fromServiceWorker() || /\/(sw|workbox-)/.test(url.pathname))
      return;
    seen.add(url.pathname);
    bytes += gzipSync(await response.body(), { level: 6 }).length;
  });
  await logIn(page);
  await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  test.info().annotations.push({ type: "bytes", description: String(bytes) });
  expect(seen.size).toBeGreaterThan(3);
  expect(bytes).toBeLessThanOrEqual(budget);
});

test("the app starts without reception", async ({ page, context }) => {
  await logIn(page);
  await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open((await caches.keys())[0] ?? "")).keys()).length))
    .toBeGreaterThan(20);
  await context.setOffline(true);
  await page.goto("/tools/tracking/inventory");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
  await expect(page.getByText(/^No reception/)).toBeVisible();
});
