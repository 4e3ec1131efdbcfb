import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { admin, logIn, test } from "../e2e/fixtures";
import { allPages } from "../e2e/pages";

const folder = process.env.SCREENS ?? "test-results/screens";

/** Every page on a phone, light and dark, to be looked at. */
for (const colorScheme of ["light", "dark"] as const) {
  test(`screenshots, ${colorScheme}`, async ({ page, shop }) => {
    test.setTimeout(300_000);
    mkdirSync(folder, { recursive: true });
    const shot = async (name: string) => {
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), scale: "css" });
    };
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const path of ["login", "signup"]) {
      await page.goto(`/${path}`);
      await shot(path);
    }
    await logIn(page, admin.number);
    const api = await shop.api();
    for (const [name, path] of Object.entries(await allPages(api))) {
      if (name === "milk-front") continue; // with a count under way, below
      await page.goto(path);
      await shot(name);
    }
    const [item] = (await api.get("/api/tracking/items")).items;
    await page.goto("/tools/tracking/inventory");
    await page.waitForLoadState("networkidle");
    await page.keyboard.type(item.code);
    await shot("inventory-card");
    const started = await api.post("/api/rtde/sessions/start", {});
    const { items } = await api.get(`/api/rtde/sessions/${started.session_id}`);
    for (const [at, line] of items.slice(0, 8).entries()) {
      await api.put(`/api/rtde/sessions/${started.session_id}/count`, { item_id: line.item_id, counted_quantity: at % 4 });
    }
    await page.goto(`/tools/rtde/session/${started.session_id}`);
    await shot("rtde-count");
    await page.goto("/tools/rtde");
    await shot("rtde-resume");

    const { session } = await api.post("/api/milk-count/sessions/start");
    const { milk_types: milks } = await api.get("/api/milk-count/milk-types");
    const counts = milks.slice(0, 6).map((milk: { id: string }, at: number) => ({ milk_type_id: milk.id, foh_count: (at * 5) % 7 }));
    await api.put(`/api/milk-count/sessions/${session.id}/draft`, { counts });
    await page.goto(`/tools/milk-count/night/foh?session=${session.id}`);
    await shot("milk-front");
    await api.put(`/api/milk-count/sessions/${session.id}/night-foh`, { counts });
    const back = milks.map((milk: { id: string }, at: number) => ({ milk_type_id: milk.id, boh_count: 4 + at }));
    await api.put(`/api/milk-count/sessions/${session.id}/night-boh`, { counts: back });
    await page.goto(`/tools/milk-count/morning?session=${session.id}`);
    await shot("milk-morning");
  });
}
