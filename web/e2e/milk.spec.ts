import type { Browser, Page } from "@playwright/test";
import { admin, type Client, everythingSent, expect, keptAnswers, logIn, staff, test } from "./fixtures";

interface Entry {
  milk_type_id: string;
  milk_type_name: string;
  foh_count: number | null;
  boh_count: number | null;
  morning_method: string | null;
  current_boh: number | null;
  delivered: number | null;
  on_order: number | null;
}

const hub = "/tools/milk-count";
const milks = ["2%", "Whole", "Non-Fat", "Half & Half", "Heavy Cream", "Soy", "Oat", "Coconut", "Almond"];

const field = (page: Page, milk: string) => page.getByRole("textbox", { name: new RegExp(`^${milk}(,|$)`) });
const row = (page: Page, milk: string) => page.getByRole("listitem").filter({ has: field(page, milk) });
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

/** Turns the clock of the store so far ahead that nobody has counted on its day yet. */
async function newDay(api: Client) {
  const { stores } = await api.get("/api/stores");
  await api.put(`/api/stores/${stores[0].id}`, {
    timezone: "Pacific/Kiritimati",
    business_day_start: "00:00",
    morning_count_cutoff: "00:00",
  });
}

async function start(api: Client): Promise<string> {
  await newDay(api);
  return (await api.post("/api/milk-count/sessions/start")).session.id;
}

async function entries(api: Client, id: string): Promise<Record<string, Entry>> {
  const answer = (await api.get(`/api/milk-count/sessions/${id}`)) as { entries: Entry[] };
  return Object.fromEntries(answer.entries.map((one) => [one.milk_type_name, one]));
}

/** What a field of each milk says on the server. */
async function numbers(api: Client, id: string, what: keyof Entry) {
  return Object.fromEntries(Object.values(await entries(api, id)).map((one) => [one.milk_type_name, one[what]]));
}

const each = (value: (at: number) => number | null) => Object.fromEntries(milks.map((milk, at) => [milk, value(at)]));

const saves = {
  night_foh: { path: "night-foh", body: (id: string) => ({ counts: [{ milk_type_id: id, foh_count: 5 }] }) },
  night_boh: { path: "night-boh", body: (id: string) => ({ counts: [{ milk_type_id: id, boh_count: 8 }] }) },
  morning: { path: "morning", body: (id: string) => ({ counts: [{ milk_type_id: id, method: "boh_count", current_boh: 10 }] }) },
  on_order: { path: "on-order", body: (id: string) => ({ on_orders: [{ milk_type_id: id, on_order: 1 }] }) },
};
type Step = keyof typeof saves;
const steps = Object.keys(saves) as Step[];

/** A session that waits for a step, with a number of Oat in those before. */
async function at(api: Client, step: Step | "completed"): Promise<string> {
  const id = await start(api);
  const oat = (await entries(api, id)).Oat?.milk_type_id ?? "";
  for (const one of steps) {
    if (one === step) break;
    await api.put(`/api/milk-count/sessions/${id}/${saves[one].path}`, saves[one].body(oat));
  }
  return id;
}

/** On a page that the app's own cache can start again without reception. */
async function open(page: Page, path: string, number = staff.number) {
  await logIn(page, number);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(path);
}

async function count(page: Page, value: (at: number) => number) {
  for (const [at, milk] of milks.entries()) await field(page, milk).fill(String(value(at)));
}

async function another(browser: Browser, url: string, number: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await logIn(page, number);
  return page;
}

test("a night, a morning and an order, as they are counted", async ({ page, shop }) => {
  const api = await shop.api();
  await newDay(api);
  await logIn(page);
  await page
    .getByRole("link", { name: /Milk count/ })
    .first()
    .click();
  await press(page, "Start night count");

  await expect(page.getByText("0/9 counted")).toBeVisible();
  await count(page, (n) => n + 1);
  await expect(page.getByText("9/9 counted")).toBeVisible();
  await press(page, "Save & count BOH");
  await expect(page.getByText("Front: 1", { exact: true })).toBeVisible();
  await count(page, (n) => n + 4);
  await press(page, "Save night count");

  await page.getByRole("link", { name: "Start morning BOH" }).click();
  await expect(row(page, "Oat")).toContainText(/night: 10 · Sam R\. \d/);
  await expect(field(page, "Oat")).toHaveValue(""); // the night's number is no count of the morning's
  await count(page, (n) => n + 6);
  await expect(row(page, "Oat")).toContainText("Calculated");
  await row(page, "Soy").getByText("Delivered", { exact: true }).first().click();
  await field(page, "Soy").fill("11");
  await row(page, "Soy").getByText("Current BOH", { exact: true }).first().click();
  await expect(field(page, "Soy")).toHaveValue("11"); // the number of the other method: 5 + 6
  await row(page, "Soy").getByText("Delivered", { exact: true }).first().click();
  await expect(field(page, "Soy")).toHaveValue("11");
  await field(page, "2%").fill("1");
  await expect(row(page, "2%")).toContainText("3 fewer than at night. Used overnight?");
  await press(page, "Yes, 3 of 2% used overnight");
  await expect(row(page, "2%")).toContainText("3 used overnight");
  await press(page, "Save & enter on order");

  await field(page, "Whole").fill("2");
  await press(page, "Save & view summary");
  await press(page, "Save: nothing else on order");
  await expect(page).toHaveURL(/\/summary\//);
  await everythingSent(page);

  const id = page.url().split("/").at(-1) ?? "";
  const { session, summary, totals } = await api.get(`/api/milk-count/sessions/${id}/summary`);
  expect(session.status).toBe("completed");
  expect(
    summary.map((one: { foh: number; boh: number; delivered: number; on_order: number }) => [
      one.foh,
      one.boh,
      one.delivered,
      one.on_order,
    ]),
  ).toEqual(milks.map((milk, n) => [n + 1, n + 4, milk === "2%" ? 0 : milk === "Soy" ? 11 : 2, milk === "Whole" ? 2 : 0]));
  expect(summary[0].used_overnight).toBe(3);
  for (const one of summary as { milk_type: string; order: number }[]) {
    const line = page.getByRole("listitem").filter({ hasText: new RegExp(`^${one.milk_type}${one.order}$`) });
    await expect(line).toHaveCount(one.order > 0 ? 1 : 0);
  }
  await expect(page.getByRole("listitem").filter({ hasText: /^Total/ })).toHaveText(`Total${totals.total_order}`);
  await expect(page.getByText(/^Worked out on this phone/)).toBeHidden();

  const download = page.waitForEvent("download");
  await press(page, "CSV");
  expect((await download).suggestedFilename()).toBe(`milk-count-${session.date}.csv`);
  await press(page, "Read aloud");
  await expect(page.getByRole("dialog")).toContainText("Milk order");
});

test("zero is a count, and blank is none", async ({ page, shop }) => {
  const api = await shop.api();
  const id = await start(api);
  await open(page, hub);
  await page.getByRole("link", { name: "Continue night FOH" }).click();
  await press(page, "Out of Oat: zero");
  await press(page, "One more Soy");
  await press(page, "One more Soy");
  await press(page, "One less Soy");
  await field(page, "Whole").fill("007 jugs");
  await expect(page.getByText("3/9 counted")).toBeVisible();
  await press(page, "Save & count BOH");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("listitem")).toHaveText(["2%", "Non-Fat", "Half & Half", "Heavy Cream", "Coconut", "Almond"]);
  await dialog.getByRole("button", { name: "Go back & count" }).click();
  await expect(field(page, "2%")).toBeFocused();
  await press(page, "Save & count BOH");
  await dialog.getByRole("button", { name: "Save without them" }).click();
  await expect(page.getByText("Front: 0", { exact: true })).toBeVisible();
  await everythingSent(page);
  expect(await numbers(api, id, "foh_count")).toEqual({ ...each(() => null), Oat: 0, Soy: 1, Whole: 7 });
});

test("Enter goes from number to number, and then to the main button", async ({ page, shop }) => {
  await start(await shop.api());
  await open(page, `${hub}/night/foh`);
  await field(page, "2%").focus();
  for (const [at, milk] of milks.entries()) {
    await expect(field(page, milk)).toBeFocused();
    await page.keyboard.type(String(at));
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("button", { name: "Save & count BOH" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Front: 8", { exact: true })).toBeVisible();
});

const offline: Record<Step, { path: string; save: string; next: (page: Page) => Promise<unknown>; what: keyof Entry; status: string }> = {
  night_foh: {
    path: "night/foh",
    save: "Save & count BOH",
    next: (page) => expect(page.getByText("Front: 9", { exact: true })).toBeVisible(),
    what: "foh_count",
    status: "night_boh",
  },
  night_boh: {
    path: "night/boh",
    save: "Save night count",
    next: (page) => expect(page.getByRole("link", { name: "Start morning BOH" })).toBeVisible(),
    what: "boh_count",
    status: "morning",
  },
  morning: {
    path: "morning",
    save: "Save & enter on order",
    next: (page) => expect(page.getByRole("heading", { name: "On order", level: 1 })).toBeVisible(),
    what: "current_boh",
    status: "on_order",
  },
  on_order: {
    path: "on-order",
    save: "Save & view summary",
    next: (page) => expect(page.getByText(/^Worked out on this phone/)).toBeVisible(),
    what: "on_order",
    status: "completed",
  },
};

for (const step of steps) {
  const { path, save, next, what, status } = offline[step];
  test(`${step} is counted and saved without reception`, async ({ page, context, shop }) => {
    const api = await shop.api();
    const id = await at(api, step);
    await open(page, `${hub}/${path}?session=${id}`);
    await field(page, "2%").fill("1");
    await context.setOffline(true);
    await count(page, (n) => n + 1);
    await press(page, save);
    await next(page);
    await expect(page.getByText(/^No reception/)).toBeVisible();
    await context.setOffline(false);
    await everythingSent(page);
    expect((await api.get(`/api/milk-count/sessions/${id}`)).session.status).toBe(status);
    expect(await numbers(api, id, what)).toEqual(each((n) => n + 1));
    if (step === "on_order") {
      await expect(page.getByText(/^Worked out on this phone/)).toBeHidden();
      const { totals } = await api.get(`/api/milk-count/sessions/${id}/summary`);
      await expect(page.getByRole("listitem").filter({ hasText: /^Total/ })).toHaveText(`Total${totals.total_order}`);
    }
  });
}

test("a whole count without reception ends with the order that the server works out later", async ({ page, context, shop }) => {
  const api = await shop.api();
  const id = await start(api);
  await open(page, `${hub}/night/foh`);
  await expect(page.getByText("0/9 counted")).toBeVisible();
  await context.setOffline(true);
  await count(page, (n) => n);
  await press(page, "Save & count BOH");
  await expect(page.getByText("Front: 0", { exact: true })).toBeVisible();
  await count(page, () => 2);
  await press(page, "Save night count");
  await page.getByRole("link", { name: "Start morning BOH" }).click();
  await count(page, () => 3);
  await press(page, "Save & enter on order");
  await expect(page.getByText("0/9 counted")).toBeVisible();
  await count(page, () => 1);
  await press(page, "Save & view summary");
  const total = page.getByRole("listitem").filter({ hasText: /^Total/ });
  await expect(total).toBeVisible();
  const here = await total.textContent();
  await context.setOffline(false);
  await everythingSent(page);
  const { session, totals } = await api.get(`/api/milk-count/sessions/${id}/summary`);
  expect(session.status).toBe("completed");
  expect(here).toBe(`Total${totals.total_order}`);
  await expect(total).toHaveText(`Total${totals.total_order}`);
});

test("two partners share the fridges, and see each other's numbers", async ({ page, browser, shop }) => {
  const api = await shop.api();
  const id = await start(api);
  await open(page, `${hub}/night/foh`);
  const maya = await another(browser, shop.url, admin.number);
  await maya.goto(`${hub}/night/foh`);
  await expect(field(maya, "Oat")).toHaveValue("");
  await expect(field(page, "Oat")).toHaveValue("");
  await field(page, "Oat").fill("7");
  await expect(field(maya, "Oat")).toHaveValue("7", { timeout: 2_000 });
  await expect(row(maya, "Oat")).toHaveAttribute("data-glow", "true");
  await expect(row(maya, "Oat")).toContainText("Sam R.");
  await field(maya, "Soy").fill("3");
  await expect(field(page, "Soy")).toHaveValue("3", { timeout: 2_000 });

  // Never under the finger.
  await field(maya, "Oat").focus();
  await field(page, "Oat").fill("8");
  await everythingSent(page);
  await field(page, "Whole").fill("1");
  await expect(field(maya, "Whole")).toHaveValue("1");
  await expect(field(maya, "Oat")).toHaveValue("7");
  await field(maya, "Oat").blur();
  await expect(field(maya, "Oat")).toHaveValue("8");

  // One saves, the other goes along.
  await press(page, "Save & count BOH");
  await press(page, "Save without them");
  await expect(maya.getByText("Front: 8", { exact: true })).toBeVisible();
  await expect(maya.getByText("Sam R. has saved “Night FOH”.")).toBeVisible();
  expect(await numbers(api, id, "foh_count")).toEqual({ ...each(() => null), Oat: 8, Soy: 3, Whole: 1 });
  expect(
    (await api.get(`/api/milk-count/sessions/${id}`)).entries.find((one: Entry) => one.milk_type_name === "Soy").updated_by_name,
  ).not.toMatch(/^Sam/);
  await maya.context().close();
});

test("what comes too late is refused, and stays to be seen", async ({ page, context, shop }) => {
  const api = await shop.api();
  const id = await start(api);
  await open(page, `${hub}/night/foh`);
  await expect(field(page, "Oat")).toHaveValue("");
  await context.setOffline(true);
  await field(page, "Oat").fill("7");
  await expect(page.getByText("1 on this phone")).toBeVisible();
  await api.put(`/api/milk-count/sessions/${id}/night-foh`, { counts: [] });
  await context.setOffline(false);
  await expect(page.getByText(/^Oat: 7: refused\./)).toBeVisible();
  await press(page, "Discard");
  await expect(page.getByText(/^Oat: 7: refused\./)).toBeHidden();
});

test("who saved a step corrects it at once", async ({ page, shop }) => {
  const api = await shop.api();
  const id = await start(api);
  await open(page, `${hub}/night/foh`);
  await count(page, () => 4);
  await press(page, "Save & count BOH");
  await expect(page.getByText("Front: 4", { exact: true })).toHaveCount(9);
  await everythingSent(page);
  await page.goto(hub);
  await press(page, "Correct Night FOH");
  await page.getByRole("dialog").getByRole("button", { name: "Reopen Night FOH" }).click();
  await expect(field(page, "Oat")).toHaveValue("4");
  await field(page, "Oat").fill("6");
  await press(page, "Save & count BOH");
  await expect(page.getByText("Front: 6", { exact: true })).toBeVisible();
  await everythingSent(page);
  expect(await numbers(api, id, "foh_count")).toEqual({ ...each(() => 4), Oat: 6 });
});

test("an admin corrects any step with a reason, and others cannot", async ({ page, browser, shop }) => {
  const api = await shop.api();
  const id = await at(api, "completed");
  const sam = await another(browser, shop.url, staff.number);
  await sam.goto(`${hub}?session=${id}`);
  await expect(sam.getByRole("heading", { name: "Session progress" })).toBeVisible();
  await expect(sam.getByRole("button", { name: /^Correct/ })).toHaveCount(0);
  await sam.context().close();
  await open(page, `${hub}?session=${id}`, admin.number);
  await press(page, "Correct Night BOH");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reopen Night BOH" }).click();
  await expect(dialog.getByText("Say why it is corrected.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Oat was counted twice");
  await dialog.getByRole("button", { name: "Reopen Night BOH" }).click();
  await expect(field(page, "Oat")).toHaveValue("8");
  await everythingSent(page);
  expect((await api.get(`/api/milk-count/sessions/${id}`)).session.status).toBe("night_boh");
});

test("a reload loses nothing that was typed", async ({ page, context, shop }) => {
  const api = await shop.api();
  const id = await at(api, "morning");
  await open(page, `${hub}/morning?session=${id}`);
  await field(page, "Oat").fill("3");
  await expect(row(page, "Oat")).toContainText("5 fewer than at night");
  await press(page, "Yes, 5 of Oat used overnight");
  await field(page, "Soy").fill("12");
  await row(page, "Soy").getByText("Delivered", { exact: true }).first().click();
  await field(page, "Soy").fill("9");
  await everythingSent(page);
  await page.reload();
  await expect(field(page, "Oat")).toHaveValue("3");
  await expect(row(page, "Oat")).toContainText("5 used overnight");
  await expect(field(page, "Soy")).toHaveValue("9");
  await row(page, "Soy").getByText("Current BOH", { exact: true }).first().click();
  await expect(field(page, "Soy")).toHaveValue("12");

  await context.setOffline(true);
  await field(page, "Whole").fill("0");
  await expect(page.getByText(/\d on this phone/)).toBeVisible();
  await expect.poll(() => keptAnswers(page)).toContain(id);
  await page.reload();
  await expect(field(page, "Whole")).toHaveValue("0");
  await expect(field(page, "Oat")).toHaveValue("3");
  await context.setOffline(false);
  await everythingSent(page);
  expect(await numbers(api, id, "current_boh")).toMatchObject({ Whole: 0, Oat: 3, Soy: 12 });
});

test("a page of the wrong step leads to the right one", async ({ page, shop }) => {
  const id = await at(await shop.api(), "morning");
  await open(page, `${hub}/night/foh?session=${id}`);
  await expect(page.getByRole("heading", { name: "Morning count", level: 1 })).toBeVisible();
});

test("the history shows every count, and goes on with an unfinished one", async ({ page, shop }) => {
  const api = await shop.api();
  const id = await at(api, "morning");
  // The next day: the count is nobody's today.
  const { stores } = await api.get("/api/stores");
  await api.put(`/api/stores/${stores[0].id}`, {
    timezone: "America/Los_Angeles",
    business_day_start: "04:00",
    morning_count_cutoff: "15:00",
  });
  const { total } = await api.get("/api/milk-count/history");
  await open(page, `${hub}/history`);
  const links = page.getByRole("main").getByRole("listitem").getByRole("link");
  await expect(links).toHaveCount(20);
  await press(page, "Load more");
  await expect(links).toHaveCount(total);
  await expect(links.filter({ hasText: /Completed · \d/ }).first()).toBeVisible();
  await links.filter({ hasText: "Morning pending" }).first().click();
  await expect(page).toHaveURL(new RegExp(`session=${id}`));
  await page.getByRole("link", { name: "Start morning BOH" }).click();
  await expect(row(page, "Oat")).toContainText("night: 8");
});

test("usage shows what goes in a day, and an admin takes the suggested par over", async ({ page, shop }) => {
  const api = await shop.api();
  const { milk_types: usages } = await api.get("/api/milk-count/usage");
  const oat = usages.find((one: { milk_type_name: string }) => one.milk_type_name === "Oat");
  await api.put(`/api/milk-count/admin/par-levels/${oat.milk_type_id}`, { par_value: 99 });
  await open(page, `${hub}/usage`, admin.number);
  const take = page.getByRole("button", { name: `Make ${oat.suggested_par} the par of Oat` });
  await take.click();
  await expect(page.getByText(`The par of Oat is ${oat.suggested_par} now.`)).toBeVisible();
  await expect(take).toBeHidden();
  const par = async () =>
    (await api.get("/api/milk-count/milk-types")).milk_types.find((one: { name: string }) => one.name === "Oat").par_value;
  expect(await par()).toBe(oat.suggested_par);
  await press(page, "Undo");
  await expect(take).toBeVisible();
  expect(await par()).toBe(99);
  await page.getByText("As a table").first().click();
  await expect(page.getByRole("table").first().getByRole("row")).toHaveCount(usages[0].days.length + 1);
});
