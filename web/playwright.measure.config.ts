import config from "./playwright.config.ts";

/** What is measured or looked at, one thing at a time, on the phone. */
export default { ...config, testDir: "measure", workers: 1, projects: config.projects?.filter((one) => one.name === "phone") };
