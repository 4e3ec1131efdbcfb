import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, seed } from "./program";

/**
 * Makes one database full of demo data for each engine, of which every test gets a
 * copy. PostgreSQL is TEST_DATABASE_URL's, or a server of our own.
 */
export default async function globalSetup() {
  const folder = mkdtempSync(join(tmpdir(), "sirenbase-e2e-"));
  process.env.E2E_FOLDER = folder;
  const sqlite = join(folder, "sqlite");
  mkdirSync(sqlite);
  seed(sqlite, `sqlite:${join(sqlite, "sirenbase.db")}`);

  const postgres = process.env.TEST_DATABASE_URL ? { url: process.env.TEST_DATABASE_URL, stop: () => {} } : await startPostgres();
  process.env.E2E_POSTGRES = postgres.url;
  query("DROP DATABASE IF EXISTS e2e_demo");
  query("CREATE DATABASE e2e_demo ENCODING 'UTF8' TEMPLATE template0");
  seed(folder, databaseURL("e2e_demo"));

  return () => {
    postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The address of another database on the same server. */
export function databaseURL(name: string): string {
  const url = new URL(process.env.E2E_POSTGRES ?? "");
  url.pathname = `/${name}`;
  return url.toString();
}

export function query(sql: string) {
  execFileSync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", process.env.E2E_POSTGRES ?? "", "-c", sql], {
    stdio: ["ignore", "ignore", "pipe"],
  });
}

async function startPostgres() {
  const version = readdirSync("/usr/lib/postgresql")
    .sort((a, b) => Number(a) - Number(b))
    .at(-1);
  const bin = `/usr/lib/postgresql/${version}/bin`;
  const folder = mkdtempSync(join(tmpdir(), "sirenbase-e2e-postgres-"));
  const asPostgres = process.getuid?.() === 0;
  if (asPostgres) {
    const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
    chownSync(folder, id("-u"), id("-g"));
  }
  const run = (name: string, ...args: string[]) => {
    const command = [join(bin, name), ...args];
    execFileSync(asPostgres ? "runuser" : (command[0] ?? ""), asPostgres ? ["-u", "postgres", "--", ...command] : command.slice(1), {
      stdio: ["ignore", "ignore", "inherit"],
      cwd: folder,
    });
  };
  const port = await freePort();
  const data = join(folder, "data");
  run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
  run(
    "pg_ctl",
    "-D",
    data,
    "-w",
    "-l",
    join(folder, "log"),
    "-o",
    `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100`,
    "start",
  );
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      run("pg_ctl", "-D", data, "-m", "immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
