import type { Page } from "@playwright/test";
import { admin, type Client, everythingSent, expect, logIn, staff, test } from "./fixtures";

interface Item {
  item_id: string;
  name: string;
  par_level: number;
  counted_quantity: number;
  is_counted: boolean;
  is_pulled: boolean;
}

async function begin(page: Page): Promise<string> {
  await page.goto("/tools/rtde");
  await page.getByRole("button", { name: "Start counting" }).click();
  await expect(page).toHaveURL(/\/tools\/rtde\/session\//);
  await expect(page.getByText(/^Item 1 of/)).toBeVisible();
  return page.url().split("/").at(-1) ?? "";
}

/** The number of the item that is on the screen. */
const field = (page: Page) => page.locator("[data-count]");
const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });

/** The number on the screen is on the server. */
const saved = (page: Page) => expect(page.getByText("Saved", { exact: true })).toBeVisible();

async function count(page: Page, item: Item | undefined, counted: number) {
  await expect(page.getByRole("heading", { level: 2, name: item?.name ?? "" })).toBeVisible();
  await field(page).fill(String(counted));
}

/** Counts the first items, and leaves the others out. */
async function countFirst(page: Page, items: Item[], counts: number[]) {
  for (const [at, counted] of counts.entries()) {
    await count(page, items[at], counted);
    if (at < counts.length - 1) await next(page).click();
  }
}

async function startPull(page: Page) {
  const items = page.getByRole("button", { name: "Items", exact: true });
  if (await items.isVisible()) await items.click();
  await page.getByRole("button", { name: "Start pull" }).first().click();
}

const itemsOf = async (api: Client, id: string): Promise<Item[]> => (await api.get(`/api/rtde/sessions/${id}`)).items;

/** A button of the pull list. */
const pullOf = (page: Page, item: Item | undefined, need: number) =>
  page.getByRole("button", { name: `${item?.name}, pull ${need}`, exact: true });

test("a display is counted, pulled and completed, and the server writes down what the receipt says", async ({ page, shop }) => {
  const api = await shop.api(staff.number);
  await logIn(page);
  const id = await begin(page);
  const items = await itemsOf(api, id);
  await countFirst(page, items, [1, 0, 50]);
  await startPull(page);

  const dialog = page.getByRole("dialog", { name: `${items.length - 3} items are not counted` });
  await expect(dialog.getByRole("listitem")).toHaveCount(items.length - 3);
  await dialog.getByRole("button", { name: "Go back & count" }).click();
  await expect(page.getByText(/^Item 4 of/)).toBeVisible();
  await startPull(page);
  await page.getByRole("button", { name: "Leave them out" }).click();

  const [first, second] = items.map((item) => item.par_level);
  await expect(page.getByRole("status").filter({ hasText: "0 of 2 pulled" })).toBeVisible();
  await pullOf(page, items[0], (first ?? 0) - 1).click();
  await expect(page.getByText("1 of 2 pulled")).toBeVisible();
  await everythingSent(page);
  const { pull_list } = await api.get(`/api/rtde/sessions/${id}/pull-list?counted_only=true`);
  expect(
    pull_list.map((one: { item_id: string; need_quantity: number; is_pulled: boolean }) => [one.item_id, one.need_quantity, one.is_pulled]),
  ).toEqual([
    [items[0]?.item_id, (first ?? 0) - 1, true],
    [items[1]?.item_id, second, false],
  ]);

  await page.getByRole("button", { name: "Complete session" }).click();
  const unfinished = page.getByRole("dialog", { name: "1 item is not pulled" });
  await expect(unfinished).toContainText(items[1]?.name ?? "");
  await unfinished.getByRole("button", { name: "Complete without it" }).click();
  await expect(page.getByRole("heading", { name: "Session complete!" })).toBeVisible();
  await expect(page.getByText("On the server")).toBeVisible();
  await expect(page.locator("dl")).toContainText(`Items counted3Items pulled1Units pulled${(first ?? 0) - 1}`);
  const { sessions } = await api.get("/api/rtde/history?limit=1");
  expect(sessions[0]).toMatchObject({ id, items_counted: 3, items_pulled: 1, units_pulled: (first ?? 0) - 1 });
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("out is a count: a zero is saved as one, and the item is on the pull list", async ({ page, shop }) => {
  const api = await shop.api(staff.number);
  await logIn(page);
  const id = await begin(page);
  const [item] = await itemsOf(api, id);
  await expect(page.getByText("Not counted", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: `Out of ${item?.name}: zero` }).click();
  await expect(page.getByText("1 counted", { exact: true })).toBeVisible();
  await saved(page);
  expect((await itemsOf(api, id))[0]).toMatchObject({ is_counted: true, counted_quantity: 0 });
  await page.reload();
  await expect(field(page)).toHaveValue("0");
  await startPull(page);
  await page.getByRole("button", { name: "Leave them out" }).click();
  await expect(pullOf(page, item, item?.par_level ?? 0)).toBeVisible();
});

test("a blank that is typed is no count, and leaves the number as it was", async ({ page, shop }) => {
  const api = await shop.api(staff.number);
  await logIn(page);
  const id = await begin(page);
  await field(page).fill("7");
  await saved(page);
  await field(page).fill("");
  await expect(page.getByText("Still 7 until you enter a number")).toBeVisible();
  await next(page).click();
  await page.getByRole("button", { name: "Previous" }).click();
  await expect(field(page)).toHaveValue("7");
  expect((await itemsOf(api, id))[0]).toMatchObject({ is_counted: true, counted_quantity: 7 });
});

test("the arrow keys move between items, but not while a number is typed", async ({ page }) => {
  await logIn(page);
  await begin(page);
  await field(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText(/^Item 1 of/)).toBeVisible();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Item 2 of/)).toBeVisible();
  await expect(field(page)).toBeFocused();
  await field(page).blur();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText(/^Item 3 of/)).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByText(/^Item 2 of/)).toBeVisible();
});

test("a restock goes on without reception from the count to the end, and the server hears all of it", async ({ page, context, shop }) => {
  const api = await shop.api(staff.number);
  await logIn(page);
  const id = await begin(page);
  const items = await itemsOf(api, id);
  await count(page, items[0], 1);
  await saved(page);
  await context.setOffline(true);
  await next(page).click();
  await count(page, items[1], 0);
  await expect(page.getByText("On this phone", { exact: true })).toBeVisible();
  await startPull(page);
  await page.getByRole("button", { name: "Leave them out" }).click();
  const need = (items[0]?.par_level ?? 0) - 1;
  await pullOf(page, items[0], need).click();
  await context.setOffline(false);
  await everythingSent(page);
  expect((await itemsOf(api, id)).slice(0, 2)).toMatchObject([
    { counted_quantity: 1, is_counted: true, is_pulled: true },
    { counted_quantity: 0, is_counted: true, is_pulled: false },
  ]);

  await context.setOffline(true);
  await pullOf(page, items[1], items[1]?.par_level ?? 0).click();
  await expect(page.getByText("2 of 2 pulled")).toBeVisible();
  await page.getByRole("button", { name: "Complete session" }).click();
  await expect(page.getByText("On this phone; it is sent as soon as there is reception.")).toBeVisible();
  expect((await api.get("/api/rtde/sessions/active")).session.id).toBe(id);
  await context.setOffline(false);
  await everythingSent(page);
  await expect(page.getByText("On the server")).toBeVisible();
  const { sessions } = await api.get("/api/rtde/history?limit=1");
  expect(sessions[0]).toMatchObject({ id, items_counted: 2, items_pulled: 2, units_pulled: need + (items[1]?.par_level ?? 0) });
});

test("a reload stays in the pull phase, and from there it can go back to counting", async ({ page, shop }) => {
  const api = await shop.api(staff.number);
  await logIn(page);
  const items = await itemsOf(api, await begin(page));
  await countFirst(page, items, [1, 2]);
  await startPull(page);
  await page.getByRole("button", { name: "Leave them out" }).click();
  await expect(page.getByText("0 of 2 pulled")).toBeVisible();
  await page.reload();
  await expect(page.getByText("0 of 2 pulled")).toBeVisible();
  await page.getByRole("button", { name: "Back to counting" }).click();
  await expect(page.getByText(/^Item 2 of/)).toBeVisible();
  await expect(field(page)).toHaveValue("2");
  await page.reload();
  await expect(page.getByText(/^Item 2 of/)).toBeVisible();
});

test("the half hour is counted down, and its end stops nobody", async ({ page }) => {
  await page.clock.install();
  await logIn(page);
  await begin(page);
  await expect(page.getByRole("timer", { name: /The session rests in (29|30) minutes/ })).toBeVisible();
  await page.clock.fastForward("26:00");
  await expect(page.getByText(/^[34]:\d\d$/)).toBeVisible();
  await page.clock.fastForward("05:00");
  await expect(page.getByText("Over 30 minutes without a count. Nothing is lost: just go on.")).toBeVisible();
  await page.clock.setSystemTime(new Date());
  await field(page).fill("3");
  await saved(page);
});

test("a session that rested is still offered with its counts, and a count wakes it", async ({ page, shop }) => {
  const api = await shop.api(staff.number);
  const earlier = async (method: string, path: string, minutes: number, body: object) => {
    const response = await fetch(shop.url + path, {
      method,
      headers: {
        Authorization: `Bearer ${api.token}`,
        "Content-Type": "application/json",
        "X-Recorded-At": new Date(Date.now() - minutes * 60_000).toISOString(),
      },
      body: JSON.stringify(body),
    });
    return await response.json();
  };
  const { session_id: id } = await earlier("POST", "/api/rtde/sessions/start", 50, {});
  const items = await itemsOf(api, id);
  await earlier("PUT", `/api/rtde/sessions/${id}/count`, 45, { item_id: items[0]?.item_id, counted_quantity: 2 });
  await logIn(page);
  await page.goto(`/tools/rtde/session/${id}`);
  await expect(page.getByText("Over 30 minutes without a count. Nothing is lost: just go on.")).toBeVisible();
  await page.goto("/tools/rtde");
  await expect(page.getByText(/^started .*, 1 of \d+ counted$/)).toBeVisible();
  await page.getByRole("button", { name: "Start counting" }).click();
  await page.getByRole("dialog", { name: "Drop 1 count?" }).getByRole("button", { name: "Keep my session" }).click();
  await page.getByRole("button", { name: "Go on with it" }).click();
  await count(page, items[1], 3);
  await saved(page);
  await expect(page.getByRole("timer")).toBeVisible();
  expect((await api.get("/api/rtde/sessions/active")).session).toMatchObject({ id, items_counted: 2 });
});

test("nothing to pull is a reason to be glad", async ({ page, shop }) => {
  const api = await shop.api(staff.number);
  await logIn(page);
  const [item] = await itemsOf(api, await begin(page));
  await count(page, item, item?.par_level ?? 0);
  await startPull(page);
  await page.getByRole("button", { name: "Leave them out" }).click();
  await expect(page.getByText("All items at par!")).toBeVisible();
});

test("a running session is offered with its facts, and only counts that would be lost are asked about", async ({ page }) => {
  await logIn(page);
  const id = await begin(page);
  await page.goto("/tools/rtde");
  await page.getByRole("button", { name: "Start fresh" }).click(); // nothing is counted
  await expect(page).toHaveURL(/\/session\//);
  await expect(page).not.toHaveURL(new RegExp(id));
  const fresh = page.url();
  await field(page).fill("4");
  await saved(page);
  await page.goto("/tools/rtde");
  await expect(page.getByText(/^started .*, 1 of \d+ counted$/)).toBeVisible();
  await page.getByRole("button", { name: "Start fresh" }).click();
  await page.getByRole("dialog", { name: "Drop 1 count?" }).getByRole("button", { name: "Keep my session" }).click();
  await page.getByRole("button", { name: "Resume session" }).click();
  await expect(page).toHaveURL(fresh);
});

test("another partner takes over with the counts, and the first one can take it back", async ({ page, browser, shop }) => {
  const api = await shop.api(staff.number);
  await logIn(page);
  const id = await begin(page);
  const items = await itemsOf(api, id);
  await countFirst(page, items, [1, 0]);
  await saved(page);
  await everythingSent(page);

  const other = await browser.newPage({ baseURL: shop.url });
  await logIn(other, admin.number);
  await other.goto("/tools/rtde");
  await expect(other.getByText(/^started .*, 2 of \d+ counted$/)).toBeVisible();
  await other.getByRole("button", { name: /^Take over from/ }).click();
  await expect(other).toHaveURL(new RegExp(id));
  await expect(other.getByText("2 counted", { exact: true })).toBeVisible();
  await count(other, items[2], 3);
  await saved(other);
  await other.close();

  await field(page).fill("5"); // the phone does not know yet
  await expect(page.getByRole("heading", { name: /has taken this session over/ })).toBeVisible();
  await expect(page.getByText(/^1 change of yours came later/)).toBeVisible();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(field(page)).toHaveValue("5");
  await everythingSent(page);
  expect((await itemsOf(api, id)).slice(0, 3)).toMatchObject([
    { is_counted: true, counted_quantity: 1 },
    { is_counted: true, counted_quantity: 5 },
    { is_counted: true, counted_quantity: 3 },
  ]);
});

test("counts go into a new session when the server no longer has the old one", async ({ page, shop }) => {
  const api = await shop.api(staff.number);
  await logIn(page);
  const items = await itemsOf(api, await begin(page));
  await countFirst(page, items, [1, 0]);
  await saved(page);
  await everythingSent(page);
  const { session_id } = await api.post("/api/rtde/sessions/start"); // on another phone
  await field(page).fill("2");
  await page.getByRole("button", { name: "Start with 2 counts" }).click();
  await expect(page.getByText("2 counted", { exact: true })).toBeVisible();
  await everythingSent(page);
  const { session } = await api.get("/api/rtde/sessions/active");
  expect(session.id).not.toBe(session_id);
  expect((await itemsOf(api, session.id)).slice(0, 2)).toMatchObject([
    { is_counted: true, counted_quantity: 1 },
    { is_counted: true, counted_quantity: 2 },
  ]);
});

test("the history tells how long it took and how much was pulled, page by page", async ({ page, shop }) => {
  const api = await shop.api(staff.number);
  const { total, sessions } = await api.get("/api/rtde/history?limit=1");
  await logIn(page);
  await page.goto("/tools/rtde/history");
  await expect(page.getByRole("listitem")).toHaveCount(Math.min(30, total));
  await expect(page.getByRole("listitem").first()).toContainText(`${sessions[0].units_pulled} unit`);
  await expect(page.getByRole("listitem").first()).toContainText(/min/);
  if (total > 30) {
    await page.getByRole("button", { name: "Load more" }).click();
    await expect(page.getByRole("listitem")).toHaveCount(Math.min(60, total));
  }
});

test.describe("an admin", () => {
  const rows = (page: Page) => page.getByRole("list", { name: "RTD&E items" }).getByRole("listitem");
  const names = async (api: Client): Promise<string[]> =>
    (await api.get("/api/rtde/admin/items?include_inactive=true")).items.map((item: { name: string }) => item.name);
  async function save(page: Page) {
    await page.getByRole("button", { name: "Save order" }).click();
    await expect(page.getByText("The order is saved.")).toBeVisible();
  }

  test("adds, changes and deletes items, and what was used is only deactivated", async ({ page, shop }) => {
    const api = await shop.api();
    const before = await names(api);
    await logIn(page, admin.number);
    await page.goto("/admin/rtde-items");
    await expect(rows(page)).toHaveCount(before.length);

    await page.getByRole("button", { name: "Add item" }).click();
    await page.getByLabel("Name").fill("Lemon Tart");
    await page.getByRole("dialog").getByRole("button", { name: "Add item" }).click();
    await expect(page.getByText("Par level must be a positive integer")).toBeVisible();
    await page.getByLabel("Par", { exact: true }).fill("6");
    await page.getByLabel("Emoji").fill("🍋");
    await page.getByRole("dialog").getByRole("button", { name: "Add item" }).click();
    await expect(rows(page).last()).toContainText("Lemon Tart");

    await page.getByRole("button", { name: "Edit Lemon Tart" }).click();
    await page.getByLabel("Brand").fill("Harbor Bakehouse");
    await page.getByLabel("Par", { exact: true }).fill("9");
    await page.getByLabel("Active: it is counted").uncheck();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(rows(page).last()).toContainText("PAR 9");
    await expect(rows(page).last()).toContainText("Inactive");
    await page.getByRole("button", { name: "Active only" }).click();
    await expect(rows(page)).toHaveCount(before.length);
    await page.getByRole("button", { name: "Show all" }).click();

    await page.getByRole("button", { name: "Edit Lemon Tart" }).click();
    await page.getByRole("button", { name: "Delete item" }).click();
    await page.getByRole("button", { name: "Delete Lemon Tart" }).click();
    await expect(page.getByText("Lemon Tart is deleted permanently.")).toBeVisible();
    await expect(rows(page)).toHaveCount(before.length);

    const partner = await shop.api(staff.number);
    const { session_id } = await partner.post("/api/rtde/sessions/start");
    const [used] = await itemsOf(partner, session_id);
    await partner.put(`/api/rtde/sessions/${session_id}/count`, { item_id: used?.item_id, counted_quantity: 1 });
    await page.getByRole("button", { name: `Edit ${used?.name}`, exact: true }).click();
    await page.getByRole("button", { name: "Delete item" }).click();
    await page.getByRole("button", { name: `Delete ${used?.name}` }).click();
    await expect(page.getByText(`${used?.name} is deactivated: it has been used in sessions.`)).toBeVisible();
    await expect(rows(page).first()).toContainText("Inactive");
  });

  test("moves items by buttons and by the keyboard, and saves the order once", async ({ page, shop }) => {
    const api = await shop.api();
    const [a, b, c, ...rest] = await names(api);
    await logIn(page, admin.number);
    await page.goto("/admin/rtde-items");
    const up = page.getByRole("button", { name: `Move ${c} up` });
    await up.click();
    await expect(rows(page).nth(1)).toContainText(c ?? "");
    await expect(up).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(rows(page).first()).toContainText(c ?? "");
    await expect(up).toBeFocused();
    await page.getByRole("button", { name: `Move ${a}: drag it, or use the arrow keys` }).focus();
    await page.keyboard.press("ArrowDown");
    await expect(rows(page).nth(2)).toContainText(a ?? "");
    expect(await names(api)).toEqual([a, b, c, ...rest]);
    await save(page);
    expect(await names(api)).toEqual([c, b, a, ...rest]);
    await page.reload();
    await expect(rows(page).first()).toContainText(c ?? "");
  });

  test("drags items by their grip, and is asked before a new order is lost", async ({ page, shop }) => {
    const api = await shop.api();
    const [a, b, c, ...rest] = await names(api);
    await logIn(page, admin.number);
    await page.goto("/admin/rtde-items");
    await expect(rows(page).first()).toContainText(a ?? "");
    const grip = await page.getByRole("button", { name: `Move ${a}: drag it, or use the arrow keys` }).boundingBox();
    const target = await rows(page).nth(2).boundingBox();
    if (!grip || !target) throw new Error("nothing to drag");
    const x = grip.x + grip.width / 2;
    const y = grip.y + grip.height / 2;
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 5); // not far enough to be a drag
    await expect(page.getByRole("button", { name: "Save order" })).toBeHidden();
    await page.mouse.move(x, target.y + target.height / 2 + 8, { steps: 8 });
    await page.mouse.up();
    await expect(rows(page).nth(2)).toContainText(a ?? "");
    await page.getByRole("link", { name: "Home" }).click();
    await page.getByRole("dialog", { name: "The new order is not saved" }).getByRole("button", { name: "Save order" }).click();
    await expect(page).toHaveURL(/\/dashboard$/);
    expect(await names(api)).toEqual([b, c, a, ...rest]);
  });
});
