import { expect, logIn, test } from "../e2e/fixtures";

/**
 * Lighthouse's slow phone: 4G with 150 ms round trips and 1.6 Mbit/s, and a processor
 * four times slower. Prints how long a fresh phone waits until it can type.
 */
for (const round of [1, 2, 3]) {
  test(`a fresh phone on a slow network, round ${round}`, async ({ page }) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: (1.6e6 / 8) * 0.9,
      uploadThroughput: (750e3 / 8) * 0.9,
    });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto("/login", { waitUntil: "commit" });
    await expect(page.getByLabel("Partner number")).toBeFocused();
    const login = await page.evaluate(() => performance.now());
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await logIn(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto("/dashboard", { waitUntil: "commit" });
    await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
    const dashboard = await page.evaluate(() => performance.now());
    console.log(`login can be typed into after ${Math.round(login)} ms; dashboard, the next time, after ${Math.round(dashboard)} ms`);
  });
}
