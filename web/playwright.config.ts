import { defineConfig } from "@playwright/test";

const browser = {
  browserName: "chromium" as const,
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--host-resolver-rules=MAP shop.test 127.0.0.1"],
  },
  trace: process.env.TRACE ? ("on" as const) : ("off" as const),
  screenshot: "only-on-failure" as const,
  contextOptions: { reducedMotion: "reduce" as const }, // a test waits for what moves
};

/** Every test on a phone with SQLite, as a store has it, and on a desktop with PostgreSQL, as a chain does. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [["list"]] : [["line"]],
  globalSetup: "./e2e/global-setup.ts",
  projects: [
    {
      name: "phone",
      metadata: { engine: "sqlite" },
      use: { ...browser, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    {
      name: "desktop",
      testIgnore: /(access|first-load|offline)\.spec/, // what is the same at any size, and takes long
      metadata: { engine: "postgres" },
      use: { ...browser, viewport: { width: 1280, height: 800 } },
    },
  ],
});
