import type { Page } from "@playwright/test";
import { admin, everythingSent, expect, logIn, staff, test } from "./fixtures";

async function tryToLogIn(page: Page, number: string, pin: string) {
  await page.getByLabel("Partner number").fill(number);
  await page.getByLabel("PIN").fill(pin);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function typePin(page: Page, pin: string) {
  const sheet = page.getByRole("dialog", { name: /your PIN, please/ });
  await expect(sheet).toBeVisible();
  for (const digit of pin) await sheet.getByRole("button", { name: digit, exact: true }).click();
}

test("a partner logs in, in lower case too, and is on the dashboard", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/login/);
  await tryToLogIn(page, "test123", staff.pin);
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole("navigation", { name: "Tools" }).getByRole("link", { name: /Admin/ })).toHaveCount(0);
});

test("a wrong PIN is told, and the number stays", async ({ page }) => {
  await page.goto("/login");
  await tryToLogIn(page, staff.number, "0000");
  await expect(page.getByRole("alert")).toHaveText("Invalid credentials");
  await expect(page.getByLabel("Partner number")).toHaveValue(staff.number);
  await tryToLogIn(page, staff.number, staff.pin);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("after five wrong PINs the login counts down", async ({ page }) => {
  await page.goto("/login");
  for (let attempt = 1; attempt <= 5; attempt++) {
    const answered = page.waitForResponse(/\/api\/auth\/login/);
    await tryToLogIn(page, staff.number, "0000");
    expect((await answered).status()).toBe(401);
  }
  await tryToLogIn(page, staff.number, staff.pin); // also the right one has to wait
  await expect(page.getByRole("alert")).toHaveText(/Too many attempts\. Try again in 0:[0-3]\d\./);
  await expect(page.getByRole("button", { name: "Log in" })).toBeDisabled();
  const first = await page.getByRole("alert").textContent();
  await expect(page.getByRole("alert")).not.toHaveText(first ?? "");
});

test("after the login one is where one wanted to be", async ({ page }) => {
  await page.goto("/tools/milk-count/history");
  await expect(page).toHaveURL(/\/login/);
  await tryToLogIn(page, staff.number, staff.pin);
  await expect(page).toHaveURL(/\/tools\/milk-count\/history$/);
});

test("who signs up can log in as soon as an admin has approved", async ({ page }) => {
  await page.goto("/login");
  await page.getByRole("link", { name: "No account yet?" }).click();
  await expect(page.getByRole("heading", { name: "New account" })).toBeVisible();
  await page.getByLabel("Partner number").fill("rosa77");
  await page.getByLabel("Full name").fill("Rosa Delgado");
  await page.getByLabel("PIN (4 digits)").fill("4821");
  await page.getByRole("button", { name: "Ask for an account" }).click();
  await expect(page.getByText("As soon as an admin has approved the account you can log in.")).toBeVisible();
  await page.getByRole("link", { name: "To the login" }).click();
  await tryToLogIn(page, "ROSA77", "4821");
  await expect(page.getByRole("alert")).toHaveText("Account is awaiting approval. Please contact an administrator.");

  await tryToLogIn(page, admin.number, admin.pin);
  await page.getByRole("link", { name: /Admin/ }).click();
  await page.getByRole("link", { name: /Partners.*1 waits|1 waits.*Partners/ }).click();
  await page.getByRole("button", { name: "Approve: Rosa Delgado" }).click();
  await expect(page.getByText("Rosa Delgado can log in now.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve: Rosa Delgado" })).toHaveCount(0);

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await tryToLogIn(page, "ROSA77", "4821");
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("a sign-up with mistakes says them under the fields", async ({ page }) => {
  await page.goto("/signup");
  await page.getByLabel("Partner number").fill(staff.number);
  await page.getByLabel("Full name").fill("X");
  await page.getByLabel("PIN (4 digits)").fill("4821");
  await page.getByRole("button", { name: "Ask for an account" }).click();
  await expect(page.getByText("Name must be at least 2 characters")).toBeVisible();
  await page.getByLabel("Full name").fill("Xenia Park");
  await page.getByRole("button", { name: "Ask for an account" }).click();
  await expect(page.getByRole("alert")).toHaveText("Partner number already exists");
});

test("logging out while changes wait warns, and they are sent at the next login", async ({ page, context, shop }) => {
  const api = await shop.api();
  const [item]: { code: string }[] = (await api.get("/api/tracking/items")).items;
  const code = item?.code ?? "";
  await logIn(page);
  await page.goto("/tools/tracking/inventory");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.keyboard.type(code);
  await page.getByRole("button", { name: `Remove ${code}` }).click();
  await expect(page.getByRole("button", { name: `Remove ${code}` })).toBeHidden();

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  const question = page.getByRole("dialog", { name: "Log out now?" });
  await expect(question).toContainText("1 change waits on this phone");
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(question).toBeHidden();
  await page.getByRole("button", { name: "Log out" }).click();
  await question.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByText("1 change waits on this phone")).toBeVisible();

  await context.setOffline(false);
  await tryToLogIn(page, staff.number, staff.pin);
  await expect(page).toHaveURL(/\/dashboard$/);
  await everythingSent(page);
  expect((await api.get("/api/tracking/items")).items.map((one: { code: string }) => one.code)).not.toContain(code);
});

test("a session that ends asks for the PIN over the page, and what was typed is still there", async ({ page, shop }) => {
  const api = await shop.api();
  const { user } = await api.post("/api/admin/users", { partner_number: "LEAD02", name: "Dana Whitlock", pin: "2468", role: "admin" });
  await logIn(page, "LEAD02", "2468");
  await page.goto("/admin/users");
  await page.getByRole("button", { name: "Add partner" }).click();
  const form = page.getByRole("dialog", { name: "Add partner" });
  await form.getByLabel("Partner number").fill("kai550");
  await form.getByLabel("Full name").fill("Kai Lindholm");
  await form.getByLabel("PIN (4 digits)").fill("7093");
  await form.getByLabel("PIN once more").fill("7093");
  await api.put(`/api/admin/users/${user.id}/pin`, { pin: "1357" });
  await form.getByRole("button", { name: "Add partner" }).click();

  await typePin(page, "2468");
  await expect(page.getByRole("alert").filter({ hasText: "Invalid credentials" })).toBeVisible();
  await expect(page.getByLabel("Full name")).toHaveValue("Kai Lindholm");
  await typePin(page, "1357");
  await expect(page.getByText("Kai Lindholm was added.")).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/users$/);
});

test("from the PIN sheet somebody else can log in", async ({ page, shop }) => {
  const api = await shop.api();
  const { users } = await api.get("/api/admin/users");
  const me = users.find((one: { partner_number: string }) => one.partner_number === staff.number);
  await logIn(page);
  await api.put(`/api/admin/users/${me.id}/pin`, { pin: "1357" });
  await page.reload(); // which needs a new token
  await page.getByRole("dialog").getByRole("button", { name: "Log in as somebody else" }).click();
  await expect(page).toHaveURL(/\/login/);
  await tryToLogIn(page, admin.number, admin.pin);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("an empty server asks for the store and its first admin", async ({ page, emptyShop }) => {
  await page.goto(emptyShop.url);
  await expect(page.getByRole("heading", { name: "Open the store" })).toBeVisible();
  await page.getByLabel("Set-up code").fill("AAAA-AAAA-AAAA");
  await page.getByLabel("Name of the store").fill("Harbor Street");
  await page.getByLabel("Time zone").selectOption("America/Chicago");
  await page.getByLabel("Partner number").fill("boss01");
  await page.getByLabel("Full name").fill("Avery Stone");
  await page.getByLabel("PIN (4 digits)").fill("4821");
  await page.getByRole("button", { name: "Open the store" }).click();
  await expect(page.getByRole("alert")).toHaveText("Invalid or expired setup code");
  await expect(page).toHaveURL(/\/setup/);

  await page.getByLabel("Set-up code").fill(emptyShop.setupCode);
  await page.getByRole("button", { name: "Open the store" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole("heading", { name: "Next steps" })).toBeVisible();
  await page.getByRole("link", { name: "Add the partners" }).click();
  await expect(page).toHaveURL(/\/admin\/users$/);
  await page.goto(`${emptyShop.url}/admin/stores`);
  await expect(page.getByRole("heading", { name: "Harbor Street" })).toBeVisible();
  await expect(page.getByText("America/Chicago")).toBeVisible();
});
