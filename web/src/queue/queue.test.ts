import { beforeEach, expect, test, vi } from "vitest";
import { Refused, Unreachable } from "../api/errors";
import type { Change } from "./changes";

const send = vi.hoisted(() => vi.fn());
const who = vi.hoisted(() => ({ user: { id: "sam" }, storeId: null as string | null, standing: "in" }));
vi.mock("../api/client", () => ({ send }));
vi.mock("../api/session", () => ({ session: () => who, useSession: { subscribe: () => {} } }));
const locks = { request: async (_name: string, _options: object, work: (lock: object) => Promise<void>) => work({}) };
Object.defineProperty(navigator, "locks", { value: locks });

const { flush, record, takeBack, tryAgain, useLine } = await import("./queue");
const { phone } = await import("./database");

const count = (itemId: string, counted: number): Change => ({ kind: "rtde.count", sessionId: "s", itemId, name: itemId, counted });
const remove = (code: string): Change => ({ kind: "item.remove", code, name: "Oat syrup" });
const refused = (status: number, error: string) => new Refused(new Response(null, { status }), { error });
const sent = () =>
  send.mock.calls.map(([request]) => `${request.method} ${request.path}${request.body ? ` ${JSON.stringify(request.body)}` : ""}`);
const waiting = () => useLine.getState().writes.map((write) => [write.change.kind, write.state]);

/** Everything that is recorded waits until the server is there. */
async function withoutReception(work: () => Promise<unknown>) {
  send.mockRejectedValue(new Unreachable("no reception"));
  await work();
  await flush(true);
  send.mockReset();
}

beforeEach(async () => {
  await (await phone).clear("writes");
  who.user = { id: "sam" };
  who.storeId = null;
  send.mockReset();
  send.mockResolvedValue({});
});

test("writes are sent in the order in which they were made, each with its key and time", async () => {
  await withoutReception(async () => {
    await record(remove("1111"));
    await record(remove("2222"));
  });
  send.mockResolvedValue({});
  await flush(true);
  expect(sent()).toEqual(["DELETE /api/tracking/items/1111", "DELETE /api/tracking/items/2222"]);
  const keys = send.mock.calls.map(([request]) => request.headers["Idempotency-Key"]);
  expect(new Set(keys).size).toBe(2);
  expect(send.mock.calls[0]?.[0].headers["X-Recorded-At"]).toMatch(/^\d{4}-.*Z$/);
  expect(waiting()).toEqual([]);
});

test("a write that is tried again keeps its key and its time", async () => {
  send.mockRejectedValueOnce(new Unreachable("the answer was lost"));
  await record(remove("1111"));
  await flush(true);
  await flush(true);
  const [first, second] = send.mock.calls.map(([request]) => request.headers);
  expect(second).toEqual(first);
  expect(waiting()).toEqual([]);
});

test("a later count of the same thing takes the place of one that still waits", async () => {
  who.standing = "expired"; // nothing is sent
  await record(count("panini", 1));
  await record(count("salad", 7));
  await record(count("panini", 2));
  who.standing = "in";
  await flush(true);
  expect(sent()).toEqual([
    'PUT /api/rtde/sessions/s/count {"item_id":"salad","counted_quantity":7}',
    'PUT /api/rtde/sessions/s/count {"item_id":"panini","counted_quantity":2}',
  ]);
});

test("a refused write steps aside with its reason, and lets the others through", async () => {
  await withoutReception(async () => {
    await record(remove("1111"));
    await record(remove("2222"));
  });
  send.mockRejectedValueOnce(refused(400, "Item already removed")).mockResolvedValue({});
  await flush(true);
  expect(sent()).toHaveLength(2);
  expect(waiting()).toEqual([["item.remove", "refused"]]);
  expect(useLine.getState().writes[0]?.refusal?.message).toBe("Item already removed");
});

test("a refused write that is tried again is a new one", async () => {
  send.mockRejectedValueOnce(refused(400, "Item not found"));
  await record(remove("1111"));
  await flush(true);
  const [write] = useLine.getState().writes;
  await tryAgain(write?.id ?? "");
  await flush(true);
  const keys = send.mock.calls.map(([request]) => request.headers["Idempotency-Key"]);
  expect(keys[1]).not.toBe(keys[0]);
  expect(waiting()).toEqual([]);
});

for (const [trouble, error] of Object.entries({
  "no reception": new Unreachable("no reception"),
  "a server error": refused(503, "Database connection error. Please try again."),
  "a session that has ended": refused(401, "Token has expired"),
})) {
  test(`${trouble} holds the line up and loses nothing`, async () => {
    send.mockRejectedValue(error);
    await record(remove("1111"));
    await record(remove("2222"));
    await flush(true);
    expect(new Set(sent())).toEqual(new Set(["DELETE /api/tracking/items/1111"]));
    expect(waiting()).toEqual([
      ["item.remove", "waiting"],
      ["item.remove", "waiting"],
    ]);
  });
}

test("only what was never sent can be taken back", async () => {
  who.standing = "expired";
  const write = await record(remove("1111"));
  expect(await takeBack(write.id)).toBe(true);
  who.standing = "in";
  await flush(true);
  expect(sent()).toEqual([]);

  send.mockRejectedValue(new Unreachable("the answer was lost"));
  const tried = await record(remove("2222"));
  await flush(true);
  expect(await takeBack(tried.id)).toBe(false);
  expect(waiting()).toEqual([["item.remove", "waiting"]]);
});

test("what somebody else left on the phone is not sent in another's name", async () => {
  await withoutReception(() => record(remove("1111")));
  who.user = { id: "kim" };
  send.mockResolvedValue({});
  await flush(true);
  expect(sent()).toEqual([]);
  expect(waiting()).toEqual([["item.remove", "waiting"]]);
});

test("a write goes to the store in which it was made, whichever is chosen since", async () => {
  await withoutReception(() => record(remove("1111")));
  who.storeId = "another store";
  send.mockResolvedValue({});
  await flush(true);
  expect(send.mock.calls.map(([, owner]) => [owner.userId, owner.storeId])).toEqual([["sam", null]]);
});

test("a new number takes the place of one that was refused, so that the old one cannot come back", async () => {
  send.mockRejectedValueOnce(refused(409, "Session is already completed"));
  await record(count("panini", 1));
  await flush(true);
  await record(count("panini", 2));
  await flush(true);
  expect(waiting()).toEqual([]);
  expect(sent().at(-1)).toContain('"counted_quantity":2');
});

test("a write that another tab has sent meanwhile does not come back", async () => {
  send.mockImplementationOnce(async () => {
    await (await phone).clear("writes");
    throw new Unreachable("the answer was lost");
  });
  await record(remove("1111"));
  await flush(true);
  expect(waiting()).toEqual([]);
});
