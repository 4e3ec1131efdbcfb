import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { admin, expect, logIn, test } from "./fixtures";
import { allPages } from "./pages";

/** The page is there when nothing loads any more. */
async function settled(page: Page) {
  await expect(page.locator("main#main, h1").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
}

async function expectNoViolation(page: Page, name: string) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(
    (one) => `${name}: ${one.id} (${one.help}): ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`,
  );
  expect(found).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page has a barrier that axe knows, ${colorScheme}`, async ({ page, shop }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/login");
    await settled(page);
    await expectNoViolation(page, "login");
    await page.goto("/signup");
    await settled(page);
    await expectNoViolation(page, "signup");
    await logIn(page, admin.number);
    for (const [name, path] of Object.entries(await allPages(await shop.api()))) {
      await page.goto(path);
      await settled(page);
      await expectNoViolation(page, name);
    }
  });
}

test("no page scrolls sideways at 320 pixels, nor on a phone with text at 200 %", async ({ page, shop }) => {
  test.setTimeout(180_000);
  await logIn(page, admin.number);
  const pages = await allPages(await shop.api());
  for (const [size, width] of [
    ["100%", 320],
    ["200%", 390],
  ] as const) {
    await page.setViewportSize({ width, height: 640 });
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path);
      await settled(page);
      await page.evaluate((fontSize) => {
        document.documentElement.style.fontSize = fontSize;
      }, size);
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(needed, `${name} at ${size}`).toBeLessThanOrEqual(width);
    }
  }
});

test("the login works by keyboard alone", async ({ page }) => {
  await page.goto("/login");
  await expect(page.getByLabel("Partner number")).toBeFocused();
  await page.keyboard.type("test123");
  await page.keyboard.press("Tab");
  await page.keyboard.type("5678");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
});
