import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { admin, type Client, expect, logIn, staff, test } from "./fixtures";

interface User {
  id: string;
  name: string;
  partner_number: string;
  role: string;
  status: string;
}

async function userOf(api: Client, number: string): Promise<User> {
  const { users } = await api.get("/api/admin/users?include_deleted=true");
  const user = users.find((one: User) => one.partner_number === number);
  if (!user) throw new Error(`nobody has ${number}`);
  return user;
}

async function openAdmin(page: Page, path: string, number = admin.number, pin = admin.pin) {
  await logIn(page, number, pin);
  await page.goto(path);
}

/** Opens what can be done with somebody, and chooses one of it. */
async function choose(page: Page, name: string, action: string) {
  await page.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("dialog", { name }).getByRole("button", { name: action }).click();
}

/** Somebody's card on a phone, or row in the office. */
const person = (page: Page, number: string) => page.locator(`[data-user="${number}"]`);

test("who is no admin is sent to the dashboard", async ({ page }) => {
  await logIn(page);
  for (const path of ["/admin", "/admin/users", "/admin/stores", "/admin/milk-pars", "/admin/audit", "/admin/backups"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/dashboard$/);
  }
});

test("the admin page leads everywhere, and says what changed and how the server is", async ({ page, shop }) => {
  const api = await shop.api();
  const { milk_types } = await api.get("/api/milk-count/milk-types");
  await api.put(`/api/milk-count/admin/par-levels/${milk_types[0].id}`, { par_value: 77 });
  await logIn(page, admin.number);
  await page.getByRole("navigation", { name: "Tools" }).getByRole("link", { name: /Admin/ }).click();
  for (const name of [/Partners/, /^Milk/, /RTD&E items/, /^Store /, /What changed/, /Backups/]) {
    await expect(page.getByRole("navigation", { name: "Admin tools" }).getByRole("link", { name })).toBeVisible();
  }
  const feed = page.getByRole("list", { name: "Last changes" });
  await expect(feed.getByRole("listitem")).toHaveCount(8);
  await expect(feed.getByRole("listitem").first()).toContainText(`Milk par changed ${milk_types[0].name}: 77`);
  await expect(page.getByText(shop.url, { exact: true })).toBeVisible();
  const { version } = await api.get("/api/version");
  await expect(page.getByText(`SirenBase ${version}`)).toBeVisible();
  await expect(page.getByRole("link", { name: /backup/i }).last()).toBeVisible();
});

test("an admin adds a partner, and mistakes are said under their fields", async ({ page, shop }) => {
  await openAdmin(page, "/admin/users");
  await page.getByRole("button", { name: "Add partner" }).click();
  const form = page.getByRole("dialog", { name: "Add partner" });
  await form.getByLabel("PIN (4 digits)").fill("1");
  await form.getByLabel("PIN once more").fill("2");
  await form.getByRole("button", { name: "Add partner" }).click();
  await expect(form.getByText("The two PINs are not the same")).toBeVisible();
  await form.getByLabel("PIN once more").fill("1");
  await form.getByRole("button", { name: "Add partner" }).click();
  await expect(form.getByLabel("Partner number")).toHaveAccessibleDescription("Partner number is required");
  await expect(form.getByLabel("Full name")).toHaveAccessibleDescription("Name is required");
  await expect(form.getByLabel("PIN (4 digits)")).toHaveAccessibleDescription("PIN must be exactly 4 digits");

  await form.getByLabel("Partner number").fill(staff.number);
  await form.getByLabel("Full name").fill("Rosa Delgado");
  await form.getByLabel("PIN (4 digits)").fill("4821");
  await form.getByLabel("PIN once more").fill("4821");
  await form.getByLabel("Role").selectOption("Admin");
  await form.getByRole("button", { name: "Add partner" }).click();
  await expect(form.getByRole("alert")).toContainText("Partner number already exists");
  await form.getByLabel("Partner number").fill("rosa77");
  await form.getByRole("button", { name: "Add partner" }).click();
  await expect(form).toBeHidden();
  await expect(person(page, "ROSA77")).toContainText("Admin");
  await shop.api("ROSA77", "4821");
});

test("what is typed survives a moment without reception", async ({ page, context }) => {
  await openAdmin(page, "/admin/users");
  await page.getByRole("button", { name: "Add partner" }).click();
  const form = page.getByRole("dialog", { name: "Add partner" });
  await form.getByLabel("Partner number").fill("rosa77");
  await form.getByLabel("Full name").fill("Rosa Delgado");
  await form.getByLabel("PIN (4 digits)").fill("4821");
  await form.getByLabel("PIN once more").fill("4821");
  await context.setOffline(true);
  await form.getByRole("button", { name: "Add partner" }).click();
  await expect(form.getByRole("alert")).toContainText("The server cannot be reached");
  await context.setOffline(false);
  await form.getByRole("button", { name: "Add partner" }).click();
  await expect(form).toBeHidden();
  await expect(person(page, "ROSA77")).toBeVisible();
});

test("an admin changes a name and a role, but not the own role", async ({ page, shop }) => {
  const api = await shop.api();
  const before = await userOf(api, staff.number);
  await openAdmin(page, "/admin/users");
  await choose(page, before.name, "Edit name or role");
  const form = page.getByRole("dialog", { name: `Edit ${before.name}` });
  await form.getByLabel("Full name").fill("Sammy Rivera");
  await form.getByLabel("Role").selectOption("Admin");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(person(page, staff.number)).toContainText("Sammy Rivera");
  expect(await userOf(api, staff.number)).toMatchObject({ name: "Sammy Rivera", role: "admin" });

  const me = await userOf(api, admin.number);
  await choose(page, me.name, "Edit name or role");
  const own = page.getByRole("dialog", { name: `Edit ${me.name}` });
  await expect(own.getByLabel("Role")).toBeDisabled();
  await own.getByLabel("Full name").fill("Morgan Reed");
  await own.getByRole("button", { name: "Save" }).click();
  await expect(person(page, admin.number)).toContainText("Morgan Reed");
  expect(await userOf(api, admin.number)).toMatchObject({ name: "Morgan Reed", role: "admin" });
});

test("a new PIN is drawn or typed, shown once, and good at once", async ({ page, shop }) => {
  const { name } = await userOf(await shop.api(), staff.number);
  await openAdmin(page, "/admin/users");
  await choose(page, name, "New PIN");
  const form = page.getByRole("dialog", { name: `New PIN for ${name}` });
  await form.getByLabel("PIN (4 digits)").fill("12");
  await form.getByRole("button", { name: "Give this PIN" }).click();
  await expect(form.getByLabel("PIN (4 digits)")).toHaveAccessibleDescription("PIN must be exactly 4 digits");
  await form.getByRole("button", { name: "Draw one" }).click();
  const pin = await form.getByLabel("PIN (4 digits)").inputValue();
  expect(pin).toMatch(/^\d{4}$/);
  await form.getByRole("button", { name: "Give this PIN" }).click();
  const shown = page.getByRole("dialog", { name: `${name} logs in with` });
  await expect(shown.getByRole("status")).toHaveText(pin);
  await shown.getByRole("button", { name: "I told them" }).click();
  await expect(page.getByText(pin, { exact: true })).toHaveCount(0);
  await shop.api(staff.number, pin);
});

test("who is locked is unlocked in one tap, and stands on top", async ({ page, shop }) => {
  const { id, name } = await userOf(await shop.api(), staff.number);
  let unlocked: unknown;
  // Fifty wrong PINs in a day lock an account, which takes longer than a test may.
  await page.route("**/api/admin/users?include_deleted=true", async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { users: User[] };
    for (const user of answer.users) if (user.id === id && !unlocked) user.status = "locked";
    await route.fulfill({ response, json: answer });
  });
  await page.route(`**/api/admin/users/${id}`, async (route) => {
    unlocked = route.request().postDataJSON();
    await route.continue();
  });
  await openAdmin(page, "/admin/users");
  await expect(page.locator("[data-user]").first()).toContainText(name);
  await expect(person(page, staff.number)).toContainText("Locked");
  await page.getByRole("button", { name: `Unlock: ${name}` }).click();
  await expect(page.getByText(`${name} can log in again.`)).toBeVisible();
  await expect(page.getByRole("button", { name: `Unlock: ${name}` })).toHaveCount(0);
  expect(unlocked).toEqual({ status: "active" });
});

test("a partner is deleted after a question, and comes back", async ({ page, shop }) => {
  const api = await shop.api();
  const { name } = await userOf(api, staff.number);
  await openAdmin(page, "/admin/users");
  await choose(page, name, "Delete");
  const question = page.getByRole("dialog", { name: `Delete ${name}?` });
  await expect(question).toContainText(staff.number);
  await question.getByRole("button", { name: "Keep" }).click();
  await expect(person(page, staff.number)).toBeVisible();
  await choose(page, name, "Delete");
  await question.getByRole("button", { name: `Delete ${name}` }).click();
  await expect(person(page, staff.number)).toHaveCount(0);
  expect((await userOf(api, staff.number)).status).toBe("deleted");

  await page.getByLabel("Deleted ones too").check();
  await expect(person(page, staff.number)).toContainText("Deleted");
  await page.getByRole("button", { name: `Restore: ${name}` }).click();
  await expect(page.getByText(`${name} is back, with the PIN of then.`)).toBeVisible();
  await shop.api(staff.number, staff.pin);
});

test("one's own account is not deleted, and its PIN is changed in the settings", async ({ page, shop }) => {
  const { name } = await userOf(await shop.api(), admin.number);
  await openAdmin(page, "/admin/users");
  await choose(page, name, "Delete");
  const why = page.getByRole("dialog", { name: "You cannot delete your own account" });
  await expect(why.getByRole("button")).toHaveCount(1);
  await why.getByRole("button", { name: "Close" }).click();
  await choose(page, name, "New PIN");
  await page.getByRole("dialog", { name: "New PIN" }).getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL(/\/settings$/);
});

test("partners are found by name, number and status", async ({ page, shop }) => {
  const { name } = await userOf(await shop.api(), staff.number);
  await openAdmin(page, "/admin/users");
  await expect(page.locator("[data-user]").nth(3)).toBeVisible();
  await page.getByLabel("Search name or number").fill("test12");
  await expect(page.locator("[data-user]")).toHaveCount(1);
  await expect(person(page, staff.number)).toContainText(name);
  await page.getByLabel("Show").selectOption("Deleted");
  await expect(page.getByText("Nobody matches.")).toBeVisible();
  await page.getByLabel("Search name or number").fill("");
  await expect(page.locator("[data-user]").first()).toContainText("Deleted");
});

test("an owner changes the store, adds another, and says who works there", async ({ page, shop }) => {
  const api = await shop.api();
  const { name } = await userOf(api, staff.number);
  await openAdmin(page, "/admin/stores");
  await page.getByRole("button", { name: /^Edit / }).click();
  const form = page.getByRole("dialog", { name: /^Edit / });
  await form.getByLabel("Name").fill("Harbor Street");
  await form.getByLabel("Number").fill("");
  await form.getByLabel("Morning count until").fill("14:30");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByLabel("Number")).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel("Number").fill("0417");
  await form.getByLabel("Time zone").selectOption("America/Denver");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Harbor Street" })).toBeVisible();
  expect((await api.get("/api/stores")).stores[0]).toMatchObject({
    name: "Harbor Street",
    number: "0417",
    timezone: "America/Denver",
    morning_count_cutoff: "14:30",
  });

  await page.getByRole("button", { name: "Add store" }).click();
  const second = page.getByRole("dialog", { name: "Add store" });
  await second.getByLabel("Name").fill("Mill Lane");
  await second.getByLabel("Number").fill("0417");
  await second.getByRole("button", { name: "Add store" }).click();
  await expect(second.getByRole("alert")).toContainText("Store number already exists");
  await second.getByLabel("Number").fill("0533");
  await second.getByRole("button", { name: "Add store" }).click();
  await expect(page.getByRole("heading", { name: "Mill Lane" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Stores" })).toBeVisible();

  await page.goto("/admin/users");
  await choose(page, name, "Stores of the partner");
  const stores = page.getByRole("dialog", { name: `Stores of ${name}` });
  await stores.getByLabel("Harbor Street (0417)").uncheck();
  await stores.getByRole("button", { name: "Save" }).click();
  await expect(stores.getByText("At least one store")).toBeVisible();
  await stores.getByLabel("Harbor Street (0417)").check();
  await stores.getByLabel("Mill Lane (0533)").check();
  await stores.getByLabel("Home store").selectOption("Mill Lane");
  await stores.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`The stores of ${name} were changed.`)).toBeVisible();
  const theirs = (await (await shop.api(staff.number)).get("/api/stores")).stores;
  expect(theirs.map((one: { name: string; is_home: boolean }) => [one.name, one.is_home])).toEqual([
    ["Harbor Street", false],
    ["Mill Lane", true],
  ]);
});

test("an admin who is no owner reads the store", async ({ page, shop }) => {
  await (await shop.api()).post("/api/admin/users", { partner_number: "LEAD02", name: "Dana Whitlock", pin: "2468", role: "admin" });
  await openAdmin(page, "/admin/stores", "LEAD02", "2468");
  await expect(page.getByText("An owner can change this.")).toBeVisible();
  await expect(page.getByRole("button", { name: /Edit|Add store/ })).toHaveCount(0);
});

test("a par is typed where it stands: Enter or leaving saves, Esc goes back", async ({ page, shop }) => {
  const api = await shop.api();
  const parOf = async (name: string): Promise<number> =>
    (await api.get("/api/milk-count/milk-types")).milk_types.find((one: { name: string }) => one.name === name).par_value;
  const before = await parOf("Oat");
  await openAdmin(page, "/admin/milk-pars");
  const oat = page.getByLabel("Par of Oat");
  const coconut = page.getByLabel("Par of Coconut");
  await oat.click();
  await page.keyboard.type("31");
  await expect(oat).toHaveValue("31");
  await page.keyboard.press("Escape");
  await expect(oat).toHaveValue(String(before));

  await oat.click();
  await page.keyboard.type("1a234");
  await expect(oat).toHaveValue("123");
  await page.keyboard.press("Enter");
  await expect(coconut).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await expect.poll(() => parOf("Oat")).toBe(123);

  await page.keyboard.type("8");
  await page.getByRole("heading", { level: 1 }).click();
  await expect.poll(() => parOf("Coconut")).toBe(8);
  await coconut.click();
  await page.keyboard.press("Backspace");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(coconut).toHaveValue("8");
});

test("a par that could not be saved says so and stays typed", async ({ page, context, shop }) => {
  await openAdmin(page, "/admin/milk-pars");
  const oat = page.getByLabel("Par of Oat");
  await oat.click();
  await context.setOffline(true);
  await page.keyboard.type("44");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "The server cannot be reached" })).toBeVisible();
  await expect(oat).toHaveValue("44");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  const { milk_types } = await (await shop.api()).get("/api/milk-count/milk-types");
  expect(milk_types.find((one: { name: string }) => one.name === "Oat").par_value).toBe(44);
});

test("milks are added, renamed, hidden, shown and moved", async ({ page, shop }) => {
  const api = await shop.api();
  const names = async (): Promise<string[]> =>
    (await api.get("/api/milk-count/milk-types")).milk_types.map((one: { name: string }) => one.name);
  await openAdmin(page, "/admin/milk-pars");
  await page.getByRole("button", { name: "Add milk" }).click();
  const form = page.getByRole("dialog", { name: "Add milk" });
  await form.getByRole("button", { name: "Add milk" }).click();
  await expect(form.getByLabel("Name")).toHaveAccessibleDescription("Name is required");
  await form.getByLabel("Name").fill("Oat");
  await form.getByLabel("Section").selectOption("Non-dairy");
  await form.getByLabel("Par").fill("6");
  await form.getByRole("button", { name: "Add milk" }).click();
  await expect(form.getByRole("alert")).toContainText("Milk type already exists");
  await form.getByLabel("Name").fill("Pistachio");
  await form.getByRole("button", { name: "Add milk" }).click();
  await expect(page.getByLabel("Par of Pistachio")).toHaveValue("6");

  await page.getByRole("button", { name: "Edit Pistachio" }).click();
  const edit = page.getByRole("dialog", { name: "Edit Pistachio" });
  await edit.getByLabel("Name").fill("Hazelnut");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Par of Hazelnut")).toBeVisible();

  await page.getByRole("button", { name: "Move Hazelnut up" }).click();
  await page.getByRole("button", { name: "Move Hazelnut up" }).click();
  await expect(page.getByRole("button", { name: "Move Hazelnut up" })).toBeFocused();
  await expect.poll(async () => (await names()).slice(-3)).toEqual(["Hazelnut", "Coconut", "Almond"]);

  await page.getByRole("button", { name: "Edit Hazelnut" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hide" }).click();
  await expect(page.getByLabel("Par of Hazelnut")).toHaveCount(0);
  expect(await names()).not.toContain("Hazelnut");
  await page.getByRole("button", { name: "Edit Hazelnut" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Show again" }).click();
  await expect(page.getByLabel("Par of Hazelnut")).toBeVisible();
});

test("what changed tells from what to what, is searched, and saved as a table", async ({ page, shop }) => {
  const api = await shop.api();
  const { id, name } = await userOf(api, staff.number);
  await api.put(`/api/admin/users/${id}`, { role: "admin" });
  await api.put(`/api/admin/users/${id}/pin`, { pin: "1357" });
  await openAdmin(page, "/admin/audit");
  const list = page.getByRole("list", { name: "What changed" });
  await expect(list.getByRole("listitem").first()).toContainText(`New PIN given: ${name} (${staff.number})`);
  await expect(list.getByRole("listitem").nth(1)).toContainText("Role: partner");
  await expect(list.getByRole("listitem").nth(1)).toContainText("admin");

  await page.getByLabel("Search what, whom, who").fill(staff.number.toLowerCase());
  await page.getByLabel("What it is about").selectOption("Partners");
  await expect(list.getByRole("listitem").filter({ hasNotText: staff.number })).toHaveCount(0);
  const shown = await list.getByRole("listitem").count();
  await expect(page.getByText(new RegExp(`^${shown} changes\\.`))).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save what is shown as a table (CSV)" }).click();
  const lines = readFileSync(await (await saved).path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines).toHaveLength(shown + 1);
  expect(lines[2]).toContain(`Partner changed,${name} (${staff.number})`);
  expect(lines[2]).toContain("Role: partner → admin");
  await page.getByLabel("What it is about").selectOption("Stores");
  await expect(page.getByText("No change matches.")).toBeVisible();
});

test("the backups page says how old the last one is, and amber when it is too old", async ({ page }) => {
  let lastAt: string | null = new Date(Date.now() - 3 * 3600_000).toISOString();
  await page.route("**/readyz", (route) => route.fulfill({ json: { status: "ok", backup: { last_at: lastAt, age_seconds: null } } }));
  await openAdmin(page, "/admin/backups");
  await expect(page.getByRole("heading", { name: "Last backup: 3 hr. ago" })).toBeVisible();
  await expect(page.getByText("sirenbase backup FILE", { exact: true })).toBeVisible();
  await expect(page.getByText("sirenbase restore FILE", { exact: true })).toBeVisible();

  lastAt = new Date(Date.now() - 3 * 24 * 3600_000).toISOString();
  await page.goto("/admin");
  await expect(page.getByText(/The last backup is old/)).toBeVisible();
  await page.getByRole("link", { name: /The last backup is old/ }).click();
  await page.getByRole("link", { name: "What to do when it is old" }).click();
  await expect(page.getByRole("heading", { name: "What to do when it is old" })).toBeInViewport();

  lastAt = null;
  await page.goto("/admin/backups");
  await expect(page.getByRole("heading", { name: "No backup yet" })).toBeVisible();
});

test("the address for phones is copied", async ({ page, context, shop }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openAdmin(page, "/admin");
  await page.getByRole("button", { name: `Copy: ${shop.url}` }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shop.url);
});
