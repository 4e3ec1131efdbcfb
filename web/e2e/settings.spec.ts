import { everythingSent, expect, logIn, staff, test } from "./fixtures";

test("a partner changes the PIN, and the old one is no longer good", async ({ page, shop }) => {
  await logIn(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Current PIN").fill("0000");
  await page.getByLabel("New PIN (4 digits)").fill("8642");
  await page.getByRole("button", { name: "Change PIN" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Invalid credentials" })).toBeVisible();
  await page.getByLabel("Current PIN").fill(staff.pin);
  await page.getByRole("button", { name: "Change PIN" }).click();
  await expect(page.getByText("PIN changed. Other phones were logged out.")).toBeVisible();
  await expect(page.getByLabel("Current PIN")).toHaveValue("");

  await expect(shop.api(staff.number, staff.pin)).rejects.toThrow("401");
  await shop.api(staff.number, "8642");
  // this phone stays logged in
  await page.getByRole("link", { name: "Home" }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the language is Spanish from now on, and English again", async ({ page }) => {
  await logIn(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Language").selectOption("Español");
  await expect(page.getByRole("heading", { level: 1, name: "Ajustes" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Ajustes" })).toBeVisible();
  await page.getByLabel("Idioma").selectOption("English");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
});

test("what waits on this phone is listed, and sent when there is reception", async ({ page, context, shop }) => {
  const api = await shop.api();
  const [item]: { code: string; name: string }[] = (await api.get("/api/tracking/items")).items;
  if (!item) throw new Error("the demo has no items");
  await logIn(page);
  await page.goto("/tools/tracking/inventory");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.keyboard.type(item.code);
  await page.getByRole("button", { name: `Remove ${item.code}` }).click();
  await expect(page.getByRole("button", { name: `Remove ${item.code}` })).toBeHidden();

  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByText("No reception. What you do is kept on this phone.")).toBeVisible();
  await page.getByRole("link", { name: "1 change", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: `Remove ${item.name} (${item.code})` })).toContainText("Waiting");
  await expect(page.getByRole("button", { name: "Send now" })).toBeVisible();

  await context.setOffline(false);
  await everythingSent(page);
  await expect(page.getByText("Everything is on the server.")).toBeVisible();
});

test("who logs out is a guest", async ({ page }) => {
  await logIn(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/login/);
});
