import { cpSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { databaseURL, query } from "./global-setup";
import { admin, type Running, serve, staff } from "./program";

/** A server of the test's own. */
interface Shop {
  url: string;
  /** A client of the contract, to arrange and to check. */
  api(number?: string, pin?: string): Promise<Client>;
  /** Stops the server for good. */
  stop(): Promise<void>;
}

interface EmptyShop {
  url: string;
  setupCode: string;
}

export class Client {
  constructor(
    private readonly url: string,
    readonly token: string,
  ) {}

  // biome-ignore lint/suspicious/noExplicitAny: the tests read what they know of the contract
  async send(method: string, path: string, body?: unknown): Promise<any> {
    const response = await fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text ? JSON.parse(text) : null;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return answer;
  }
  get = (path: string) => this.send("GET", path);
  post = (path: string, body?: unknown) => this.send("POST", path, body);
  put = (path: string, body?: unknown) => this.send("PUT", path, body);
  delete = (path: string, body?: unknown) => this.send("DELETE", path, body);
}

const pins: Record<string, string> = { [admin.number]: admin.pin, [staff.number]: staff.pin };

let made = 0;

/** A new database, copied from the demo or empty, and a server on it. */
async function start(engine: string, worker: number, empty: boolean): Promise<Running> {
  const folder = mkdtempSync(join(process.env.E2E_FOLDER ?? "", "shop-"));
  if (engine === "sqlite") {
    if (!empty) cpSync(join(process.env.E2E_FOLDER ?? "", "sqlite"), folder, { recursive: true });
    return serve(folder, `sqlite:${join(folder, "sirenbase.db")}`);
  }
  made += 1;
  const name = `e2e_${worker}_${process.pid}_${made}`;
  query(`CREATE DATABASE ${name} TEMPLATE ${empty ? "template0" : "e2e_demo"}`);
  const running = await serve(folder, databaseURL(name));
  return {
    ...running,
    async stop() {
      await running.stop();
      query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

export const test = base.extend<{ shop: Shop; emptyShop: EmptyShop; engine: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: the form that the library reads
  engine: async ({}, use, info) => {
    await use(String(info.project.metadata.engine));
  },
  shop: async ({ engine }, use, info) => {
    const running = await start(engine, info.parallelIndex, false);
    await use({
      url: running.url,
      stop: running.stop,
      async api(number = admin.number, pin = pins[number] ?? "") {
        const response = await fetch(`${running.url}/api/auth/login`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ partner_number: number, pin }),
        });
        if (!response.ok) throw new Error(`log in as ${number}: ${response.status}`);
        return new Client(running.url, ((await response.json()) as { token: string }).token);
      },
    });
    await running.stop();
  },
  emptyShop: async ({ engine }, use, info) => {
    const running = await start(engine, info.parallelIndex, true);
    const setupCode = running.greeting.match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0] ?? "";
    await use({ url: running.url, setupCode });
    await running.stop();
  },
  baseURL: async ({ shop }, use) => {
    await use(shop.url);
  },
});

/** Logs in as a person does, and is on the dashboard then. */
export async function logIn(page: Page, number = staff.number, pin = pins[number] ?? "") {
  await page.goto("/login");
  await page.getByLabel("Partner number").fill(number);
  await page.getByLabel("PIN").fill(pin);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
}

/** Waits until nothing waits on the phone any more. */
export async function everythingSent(page: Page) {
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          new Promise<number>((found) => {
            const open = indexedDB.open("sirenbase");
            open.onsuccess = () => {
              const count = open.result.transaction("writes").objectStore("writes").count();
              count.onsuccess = () => {
                open.result.close();
                found(count.result);
              };
            };
          }),
      ),
    )
    .toBe(0);
}

/** The last known answers, as the phone keeps them. */
export function keptAnswers(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((found) => {
        const open = indexedDB.open("sirenbase");
        open.onsuccess = () => {
          const answers = open.result.transaction("kept").objectStore("kept").get("answers");
          answers.onsuccess = () => {
            open.result.close();
            found(String(answers.result));
          };
        };
      }),
  );
}

export { admin, expect, staff };
