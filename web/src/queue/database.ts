import { type DBSchema, openDB } from "idb";
import type { Write } from "./write";

interface Phone extends DBSchema {
  writes: { key: number; value: Write };
  /** Small things that outlive the app: leased codes, the last known answers. */
  kept: { key: string; value: unknown };
}

/** What this phone remembers by itself. */
export let phone = open();

function open() {
  return openDB<Phone>("sirenbase", 1, {
    upgrade(db) {
      db.createObjectStore("writes", { keyPath: "order", autoIncrement: true });
      db.createObjectStore("kept");
    },
    terminated() {
      phone = open(); // a phone may drop it while the app sleeps
    },
  });
}

export const kept = {
  async get<T>(key: string): Promise<T | undefined> {
    return (await (await phone).get("kept", key)) as T | undefined;
  },
  async set(key: string, value: unknown) {
    await (await phone).put("kept", value, key);
  },
  async delete(key: string) {
    await (await phone).delete("kept", key);
  },
};
