import type { Locator, Page } from "@playwright/test";
import { everythingSent, expect, logIn, test } from "./fixtures";

interface Item {
  code: string;
  name: string;
  category: string;
}

interface Reader {
  // biome-ignore lint/suspicious/noExplicitAny: the tests read what they know of the contract
  get(path: string): Promise<any>;
}

async function itemsOf(api: Reader): Promise<Item[]> {
  return (await api.get("/api/tracking/items")).items;
}

async function codesOf(api: Reader): Promise<string[]> {
  return (await itemsOf(api)).map((item) => item.code);
}

/** The pad, with all that it keeps for a time without reception. */
async function openPad(page: Page) {
  await logIn(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const provision = page.waitForResponse((response) => response.url().endsWith("/api/tracking/codes"));
  const items = page.waitForResponse((response) => response.url().endsWith("/api/tracking/items"));
  await page.goto("/tools/tracking/inventory");
  await Promise.all([provision, items]);
}

async function tapCode(page: Page, code: string) {
  for (const digit of code) await page.getByRole("button", { name: digit, exact: true }).click();
}

async function removeByCode(page: Page, code: string) {
  await tapCode(page, code);
  await page.getByRole("button", { name: `Remove ${code}`, exact: true }).click();
}

const message = (page: Page) => page.locator("[data-message]");
const results = (page: Page) => page.getByRole("region", { name: "Just done" }).getByRole("listitem");
const mark = (row: Locator) => row.locator("[data-mark]");
const onPhone = "On this phone, not yet on the server";

test("ten removals take four digits and one tap each, and no dialog", async ({ page, shop }) => {
  const api = await shop.api();
  const codes = (await codesOf(api)).slice(0, 10);
  await openPad(page);
  let taps = 0;
  await page.exposeFunction("tapped", () => {
    taps += 1;
  });
  await page.evaluate(() => addEventListener("click", () => (window as unknown as { tapped(): void }).tapped(), true));
  for (const code of codes) {
    const before = taps;
    await removeByCode(page, code);
    await expect(page.getByRole("img", { name: "No code yet" })).toBeVisible();
    expect(taps - before).toBeLessThanOrEqual(6);
  }
  await expect(results(page)).toHaveCount(10);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await everythingSent(page);
  const left = await codesOf(api);
  expect(codes.filter((code) => left.includes(code))).toEqual([]);
});

test("the fourth digit says whether a code is on something, was removed, or is free", async ({ page, shop }) => {
  const api = await shop.api();
  const [there, gone] = (await itemsOf(api)) as [Item, Item];
  await api.delete(`/api/tracking/items/${gone.code}`);
  const story = await api.get(`/api/tracking/items/${gone.code}`);
  expect(story.item.is_removed).toBe(true);
  await openPad(page);

  await tapCode(page, there.code);
  await expect(page.getByText(there.name, { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: `Remove ${there.code}`, exact: true })).toBeEnabled();
  await page.getByRole("button", { name: "Clear" }).click();

  await tapCode(page, gone.code);
  await expect(page.getByText(/^Removed by /)).toBeVisible();
  await page.getByRole("button", { name: `Restore ${gone.code}`, exact: true }).click();
  await everythingSent(page);
  expect(await codesOf(api)).toContain(gone.code);

  await tapCode(page, "9998");
  await expect(page.getByText("Nothing has this code.")).toBeVisible();
  await page.getByRole("button", { name: "Add with this code" }).click();
  await expect(page).toHaveURL(/\/tools\/tracking\/add\?code=.*9998/);
});

test("a removal is undone from the message, and from the list of what was just done", async ({ page, shop }) => {
  const api = await shop.api();
  const [first, second] = (await codesOf(api)) as [string, string];
  await openPad(page);
  await removeByCode(page, first);
  await everythingSent(page);
  expect(await codesOf(api)).not.toContain(first);
  await message(page).getByRole("button", { name: "Undo" }).click();
  await expect(results(page).first()).toContainText("Undone");
  await everythingSent(page);
  expect(await codesOf(api)).toContain(first);

  await removeByCode(page, second);
  await results(page).first().getByRole("button", { name: /^Undo/ }).click();
  await expect(results(page).first()).toContainText("Undone");
  await everythingSent(page);
  expect(await codesOf(api)).toContain(second);
});

test("a scanner that types a code and Enter removes it, and the next one", async ({ page, shop }) => {
  const api = await shop.api();
  const codes = (await codesOf(api)).slice(0, 3);
  await openPad(page);
  for (const code of codes) {
    await page.keyboard.type(`#${code}`);
    await page.keyboard.press("Enter");
  }
  await expect(results(page)).toHaveCount(3);
  await everythingSent(page);
  const left = await codesOf(api);
  expect(codes.filter((code) => left.includes(code))).toEqual([]);
});

test("an item is added by category, a suggested name, and a code that stays until it is written", async ({ page, shop }) => {
  const api = await shop.api();
  const known = (await itemsOf(api)).find((item) => item.category === "syrups") as Item;
  await openPad(page);
  await page.getByRole("link", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Show the code" }).click();
  await expect(page.getByText("Choose a category.")).toBeVisible();
  await page.getByText("Syrups", { exact: true }).click();
  await expect(page.getByRole("radio", { name: "Syrups" })).toBeChecked();

  const name = page.getByRole("combobox", { name: "Name" });
  await name.pressSequentially(known.name.slice(0, 3));
  await expect(name).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("option").first()).toBeVisible();
  await expect(page.getByRole("listbox").getByText("Existing").first()).toBeVisible();
  await name.press("Escape");
  await expect(name).toHaveAttribute("aria-expanded", "false");
  await name.press("ArrowDown");
  await expect(page.getByRole("option", { selected: true })).toHaveCount(1);
  await name.press("Enter");
  await expect(name).toHaveValue(/^.{3,}/);
  const chosen = await name.inputValue();

  await page.getByRole("button", { name: "Show the code" }).click();
  await expect(page.getByText("Write this code on the item before you confirm.")).toBeVisible();
  const code = (await page.locator("[data-code]").textContent()) ?? "";
  expect(code).toMatch(/^\d{4}$/);
  await page.getByRole("button", { name: "Written. Confirm & save" }).click();
  await expect(message(page)).toContainText(`Added ${chosen} (${code})`);
  await everythingSent(page);
  expect((await api.get(`/api/tracking/items/${code}`)).item).toMatchObject({ name: chosen, category: "syrups", is_removed: false });
});

test("cancelling keeps the code for the next item", async ({ page, shop }) => {
  const api = await shop.api();
  const before = await codesOf(api);
  await openPad(page);
  await page.getByRole("link", { name: "Add", exact: true }).click();
  await page.getByText("Cups", { exact: true }).click();
  await page.getByRole("combobox").fill("Paper cups");
  await page.getByRole("button", { name: "Show the code" }).click();
  const code = (await page.locator("[data-code]").textContent()) ?? "";
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("combobox").fill("Other cups");
  await page.getByRole("button", { name: "Show the code" }).click();
  await expect(page.locator("[data-code]")).toHaveText(code);
  expect(await codesOf(api)).toEqual(before);
});

test("a code of one's own is taken, unless something has it", async ({ page, shop }) => {
  const api = await shop.api();
  const [taken] = (await itemsOf(api)) as [Item];
  await openPad(page);
  await page.getByRole("link", { name: "Add", exact: true }).click();
  await page.getByText("Lids", { exact: true }).click();
  await page.getByRole("combobox").fill("Flat lids");
  await page.getByRole("button", { name: "Show the code" }).click();
  await page.getByRole("button", { name: "Use another code" }).click();
  const field = page.getByLabel("Code (4 digits)");
  await field.fill(taken.code);
  await expect(page.getByText(`${taken.code} is on ${taken.name}. Choose another code.`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Written. Confirm & save" })).toBeDisabled();
  await field.fill("#9997");
  await page.getByRole("button", { name: "Written. Confirm & save" }).click();
  await everythingSent(page);
  expect((await api.get("/api/tracking/items/9997")).item.name).toBe("Flat lids");
});

test("a delivery of twelve is ticked off, survives a reload, and is saved and undone in one go", async ({ page, shop }) => {
  const api = await shop.api();
  const before = await codesOf(api);
  await openPad(page);
  await page.getByRole("link", { name: "Delivery" }).click();
  await page.getByText("Syrups", { exact: true }).click();
  await page.getByRole("combobox").fill("Oat syrup");
  await page.getByRole("textbox", { name: "How many" }).fill("12");
  await page.getByRole("button", { name: "Show 12 codes" }).click();
  const codes = page.getByRole("list", { name: "Codes" }).getByRole("button");
  await expect(codes).toHaveCount(12);
  await codes.nth(0).click();
  await codes.nth(4).click();
  await expect(page.getByRole("status").filter({ hasText: "2 of 12 written" })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("list", { name: "Codes" }).getByRole("button", { pressed: true })).toHaveCount(2);
  const written = (await codes.allTextContents()).map((text) => text.slice(0, 4));
  await page.getByRole("button", { name: "All written" }).click();
  await page.getByRole("button", { name: "Save 12 items" }).click();
  await expect(message(page)).toContainText("Added 12 Oat syrup");
  await everythingSent(page);
  const after = (await itemsOf(api)).filter((item) => item.name === "Oat syrup").map((item) => item.code);
  expect(after.sort()).toEqual(written.sort());

  await results(page).first().getByRole("button", { name: /^Undo/ }).click();
  await expect(results(page).first()).toContainText("Undone");
  await everythingSent(page);
  expect((await codesOf(api)).sort()).toEqual(before.sort());
});

test("the list is searched by name, code and category, and says what it did not find", async ({ page, shop }) => {
  const api = await shop.api();
  const items = await itemsOf(api);
  const [item] = items as [Item];
  await openPad(page);
  await page.getByRole("link", { name: "List" }).click();
  const cards = page.locator("[data-item]");
  await expect(page.getByText(`${items.length} items`)).toBeVisible();
  await expect(cards.first()).toContainText(item.code);

  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("/");
  const search = page.getByRole("textbox", { name: "Search by name, code or category" });
  await expect(search).toBeFocused();
  await search.fill(`#${item.code}`);
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText(item.name);
  await search.fill("cleaning supplies");
  await expect(cards).toHaveCount(items.filter((one) => one.category === "cleaning_supplies").length);
  await search.fill("there is no such thing");
  await expect(page.getByText("Nothing matches “there is no such thing”.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(search).toHaveValue("");
  await expect(cards.first()).toContainText(item.code);

  await page.keyboard.press("Tab");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/tools\/tracking\/add$/);
});

test("categories show how much there is, lead to their items, and preselect themselves for a new one", async ({ page, shop }) => {
  const api = await shop.api();
  const cups = (await itemsOf(api)).filter((item) => item.category === "cups");
  await openPad(page);
  await page.getByRole("link", { name: "List" }).click();
  await page.getByRole("link", { name: "Categories" }).click();
  const card = page.getByRole("main").getByRole("link", { name: /^Cups/ });
  await expect(card).toContainText(String(cups.length));

  await page.getByRole("textbox", { name: /^Search/ }).fill("lid");
  await expect(page.getByRole("link", { name: "All items" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Categories" }).click();
  await expect(page.getByRole("textbox", { name: /^Search/ })).toHaveValue("");

  await card.click();
  await expect(page.getByRole("heading", { level: 1, name: "Cups" })).toBeVisible();
  await expect(page.locator("[data-item]")).toHaveCount(cups.length);
  await page.getByRole("link", { name: "Add item" }).click();
  await expect(page.getByRole("radio", { name: "Cups" })).toBeChecked();
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page.getByRole("link", { name: "Categories" })).toHaveAttribute("aria-current", "page");
});

test("a card offers to remove or to keep, and what was removed can be undone", async ({ page, shop }) => {
  const api = await shop.api();
  const [item] = (await itemsOf(api)) as [Item];
  await openPad(page);
  await page.getByRole("link", { name: "List" }).click();
  const more = page.getByRole("button", { name: `More for ${item.name} ${item.code}` });
  await more.click();
  await page.getByRole("button", { name: "Keep" }).click();
  await expect(page.getByRole("button", { name: `Remove ${item.code}` })).toBeHidden();
  await more.click();
  await page.getByRole("button", { name: `Remove ${item.code}` }).click();
  await expect(message(page)).toContainText(`Removed ${item.name} (${item.code})`);
  await everythingSent(page);
  await expect(more).toBeHidden();
  expect(await codesOf(api)).not.toContain(item.code);
  await message(page).getByRole("button", { name: "Undo" }).click();
  await expect(more).toBeVisible();
  await everythingSent(page);
  expect(await codesOf(api)).toContain(item.code);
});

test("what is on the screen is saved as CSV", async ({ page, shop }) => {
  const api = await shop.api();
  const syrups = (await itemsOf(api)).filter((item) => item.category === "syrups");
  await openPad(page);
  await page.getByRole("link", { name: "List" }).click();
  await page.getByRole("textbox", { name: /^Search/ }).fill("syrups");
  await expect(page.locator("[data-item]")).toHaveCount(syrups.length);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^items-\d{4}-\d\d-\d\d\.csv$/);
  let text = "";
  for await (const chunk of await download.createReadStream()) text += String(chunk);
  const lines = text.trim().split("\r\n");
  expect(lines[0]).toBe("Code,Name,Category,Added at,Added by"); // the mark before it is cut off by trim
  expect(lines).toHaveLength(syrups.length + 1);
});

test("two thousand items are there at once, fifty at a time", async ({ page, shop }) => {
  const api = await shop.api();
  for (let batch = 0; batch < 10; batch += 1) {
    await api.post("/api/tracking/items/batch", {
      items: [100, 100].map((quantity, n) => ({ name: `Box ${batch} ${n}`, category: "other", quantity })),
    });
  }
  const count = (await codesOf(api)).length.toLocaleString("en");
  await openPad(page);
  await page.getByRole("link", { name: "List" }).click();
  await expect(page.getByText(`${count} items`)).toBeVisible();
  await expect(page.locator("[data-item]")).toHaveCount(50);
  await page.getByRole("button", { name: "Show 50 more" }).click();
  await expect(page.locator("[data-item]")).toHaveCount(100);
  await page.getByRole("textbox", { name: /^Search/ }).fill("box 7 1");
  await expect(page.getByText("100 items")).toBeVisible();
});

test("the history is filtered, searched, paged, and brings a removed item back", async ({ page, shop }) => {
  const api = await shop.api();
  const [gone] = (await itemsOf(api)) as [Item];
  await api.delete(`/api/tracking/items/${gone.code}`);
  await openPad(page);
  await page.getByRole("link", { name: "History" }).click();
  const list = page.locator("[data-entry]");
  await expect(page.getByText("Showing 20 entries")).toBeVisible();
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(page.getByText("Showing 40 entries")).toBeVisible();

  await page.getByRole("button", { name: "Removed", exact: true }).click();
  await expect(page.locator('[data-entry="ADD"]')).toHaveCount(0);
  await expect(list.first()).toContainText(gone.name);
  await page.getByRole("button", { name: "All", exact: true }).click();
  await page.getByRole("textbox", { name: "Search by code" }).fill(`#${gone.code}`);
  await expect(list.first()).toContainText("Removed");
  await expect(list.filter({ hasNotText: gone.code })).toHaveCount(0);
  await page.getByRole("button", { name: `Restore ${gone.code}` }).click();
  await expect(page.locator('[data-entry="RESTORE"]')).toContainText(gone.name);
  await everythingSent(page);
  expect(await codesOf(api)).toContain(gone.code);
});

test("below ground: removed and added without reception, marked as such, and on the server once there is some", async ({
  page,
  context,
  shop,
}) => {
  const api = await shop.api();
  const [item] = (await itemsOf(api)) as [Item];
  await openPad(page);
  await page.getByRole("link", { name: "Add", exact: true }).click();
  await expect(page.getByRole("button", { name: "Show the code" })).toBeVisible();
  await page.getByRole("link", { name: "Back" }).click();
  await context.setOffline(true);

  await removeByCode(page, item.code);
  await expect(mark(results(page).first())).toHaveAccessibleName(onPhone);
  await tapCode(page, item.code);
  await expect(page.getByRole("button", { name: `Restore ${item.code}`, exact: true })).toBeEnabled();
  await page.getByRole("button", { name: "Clear" }).click();

  await page.getByRole("link", { name: "Add", exact: true }).click();
  await page.getByText("Syrups", { exact: true }).click();
  await page.getByRole("combobox").pressSequentially("sy");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.getByRole("combobox").fill("Cellar syrup");
  await page.getByRole("button", { name: "Show the code" }).click();
  const code = (await page.locator("[data-code]").textContent()) ?? "";
  expect(code).toMatch(/^0\d{3}$/);
  await page.getByRole("button", { name: "Written. Confirm & save" }).click();
  await page.getByRole("link", { name: "Back" }).click();

  await page.getByRole("link", { name: "List" }).click();
  const added = page.locator("[data-item]").filter({ hasText: "Cellar syrup" });
  await expect(added).toContainText(code);
  await expect(mark(added)).toHaveAccessibleName(onPhone);
  const leaving = page.locator('[data-item="leaving"]');
  await expect(leaving).toContainText(item.code);
  await expect(mark(leaving)).toHaveAccessibleName(onPhone);
  expect(await codesOf(api)).toContain(item.code);

  await context.setOffline(false);
  await everythingSent(page);
  await expect(mark(added)).toHaveAccessibleName("Saved on the server");
  await expect(leaving).toHaveCount(0);
  const server = await codesOf(api);
  expect(server).toContain(code);
  expect(server).not.toContain(item.code);
  await expect(page.getByText(`${server.length} items`)).toBeVisible();
});

test("a removal is undone without reception, and nothing is missing in the end", async ({ page, context, shop }) => {
  const api = await shop.api();
  const [item] = (await itemsOf(api)) as [Item];
  await openPad(page);
  await context.setOffline(true);
  await removeByCode(page, item.code);
  await message(page).getByRole("button", { name: "Undo" }).click();
  await expect(results(page).first()).toContainText("Undone");
  await tapCode(page, item.code);
  await expect(page.getByRole("button", { name: `Remove ${item.code}`, exact: true })).toBeEnabled();
  await context.setOffline(false);
  await everythingSent(page);
  expect(await codesOf(api)).toContain(item.code);
});

test("codes that are used up without reception are said to be, and one can be typed", async ({ page, context, shop }) => {
  const api = await shop.api();
  await openPad(page);
  await page.getByRole("link", { name: "Add", exact: true }).click();
  await expect(page.getByRole("button", { name: "Show the code" })).toBeVisible();
  await context.setOffline(true);
  await page.getByText("Other", { exact: true }).click();
  const used: string[] = [];
  for (let n = 1; n <= 5; n += 1) {
    await page.getByRole("combobox").fill(`Thing ${n}`);
    await page.getByRole("button", { name: "Show the code" }).click();
    used.push((await page.locator("[data-code]").textContent()) ?? "");
    await page.getByRole("button", { name: "Written. Confirm & save" }).click();
    await expect(page.getByRole("combobox")).toHaveValue("");
  }
  expect(new Set(used).size).toBe(5);
  await page.getByRole("combobox").fill("Thing 6");
  await page.getByRole("button", { name: "Show the code" }).click();
  await expect(page.getByText(/^The codes kept on this phone are used up/)).toBeVisible();
  await page.getByLabel("Code (4 digits)").fill("9996");
  await page.getByRole("button", { name: "Written. Confirm & save" }).click();
  await context.setOffline(false);
  await everythingSent(page);
  expect(await codesOf(api)).toEqual(expect.arrayContaining([...used, "9996"]));
});

test("a delivery without reception has as many codes as the phone holds, and says so", async ({ page, context, shop }) => {
  const api = await shop.api();
  await openPad(page);
  await page.getByRole("link", { name: "Delivery" }).click();
  await page.getByText("Lids", { exact: true }).click();
  await context.setOffline(true);
  await page.getByRole("combobox").fill("Dome lids");
  await page.getByRole("button", { name: "Show 12 codes" }).click();
  await expect(page.getByText(/^Only 5 codes are kept on this phone/)).toBeVisible();
  await page.getByRole("button", { name: "All written" }).click();
  // The pad's own code is loaded already: nothing is fetched to go back to it.
  await page.getByRole("button", { name: "Save 5 items" }).click();
  await expect(mark(results(page).first())).toHaveAccessibleName(onPhone);
  await context.setOffline(false);
  await everythingSent(page);
  expect((await itemsOf(api)).filter((item) => item.name === "Dome lids")).toHaveLength(5);
});

test("a refused removal shows at its row who was first, and is discarded there", async ({ page, context, shop }) => {
  const api = await shop.api();
  const [item] = (await itemsOf(api)) as [Item];
  await openPad(page);
  await context.setOffline(true);
  await removeByCode(page, item.code);
  await api.delete(`/api/tracking/items/${item.code}`);
  await context.setOffline(false);
  const row = results(page).first();
  await expect(row).toContainText("Refused: Item already removed");
  await expect(row).toContainText(/removed it/);
  await expect(mark(row)).toHaveAccessibleName("Refused by the server");

  await page.getByRole("link", { name: "List" }).click();
  const card = page.locator('[data-item="refused"]');
  await expect(card).toContainText("Refused: Item already removed");
  await card.getByRole("button", { name: "Discard" }).click();
  await expect(card).toHaveCount(0);
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page.getByRole("region", { name: "Just done" })).toHaveCount(0);
});

test("an add whose code was taken meanwhile shows what has it now, and is saved with another", async ({ page, context, shop }) => {
  const api = await shop.api();
  await openPad(page);
  await tapCode(page, "9995");
  await page.getByRole("button", { name: "Add with this code" }).click();
  await page.getByText("Powders", { exact: true }).click();
  await page.getByRole("combobox").fill("Matcha tin");
  await page.getByRole("button", { name: "Show the code" }).click();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Written. Confirm & save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inventory" })).toBeVisible();
  await api.post("/api/tracking/items", { name: "Cocoa tin", category: "powders", code: "9995" });
  await context.setOffline(false);
  const row = results(page).first();
  await expect(row).toContainText("Refused: Code already in use");
  await expect(row).toContainText("9995 is now on Cocoa tin.");
  await row.getByRole("button", { name: "Discard" }).click();
  await expect(row).toHaveCount(0);
  expect((await itemsOf(api)).map((item) => item.name)).not.toContain("Matcha tin");
});
