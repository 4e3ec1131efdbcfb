import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";

/** The built server that is tested. */
export const program = resolve(process.env.SIRENBASE ?? "../bin/sirenbase");

export const admin = { number: "ADMIN001", pin: "1234" };
export const staff = { number: "TEST123", pin: "5678" };

const secret = "a secret for tests, long enough to be accepted";

function environment(folder: string, databaseURL: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: databaseURL,
    DATA_DIR: folder,
    SECRET_KEY: secret,
    JWT_SECRET_KEY: secret,
    SIGNUP_POLICY: "approval",
    LOG_FORMAT: "text",
  };
}

/** Fills a database with demo data, and gives the two partners their PINs. */
export function seed(folder: string, databaseURL: string) {
  const options = {
    cwd: folder,
    env: environment(folder, databaseURL),
    stdio: ["pipe", "ignore", "inherit"] as ["pipe", "ignore", "inherit"],
  };
  execFileSync(program, ["seed", "--admin-number", admin.number, "--admin-pin", admin.pin, "--with-demo-data"], options);
  execFileSync(program, ["users", "set-pin", staff.number], { ...options, input: `${staff.pin}\n` });
}

export interface Running {
  url: string;
  /** What it printed when it started. */
  greeting: string;
  stop(): Promise<void>;
}

/** Starts the server, and waits until it answers. */
export async function serve(folder: string, databaseURL: string): Promise<Running> {
  const port = await freePort();
  const child = spawn(program, ["serve", "--addr", `127.0.0.1:${port}`], { cwd: folder, env: environment(folder, databaseURL) });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  let greeting = "";
  let log = "";
  child.stderr.on("data", (chunk) => {
    log += chunk;
  });
  await new Promise<void>((ready, fail) => {
    child.stdout.on("data", (chunk) => {
      greeting += chunk;
      if (greeting.includes("is ready at")) ready();
    });
    child.once("exit", () => fail(new Error(`the server stopped: ${log}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    get greeting() {
      return greeting;
    },
    async stop() {
      child.kill("SIGKILL"); // a phone survives that; so does the database
      await ended;
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((found, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? found(address.port) : fail(new Error("no port"))));
    });
  });
}
