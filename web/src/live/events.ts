import { api, body } from "../api/client";
import { answers } from "../api/queries";
import { useSession } from "../api/session";

/** What an event of the store makes worth loading anew. */
const concerns: Record<string, readonly (readonly string[])[]> = {
  "item.added": [["items"], ["item"], ["inventory-history"], ["activity"]],
  "item.removed": [["items"], ["item"], ["inventory-history"], ["activity"]],
  "item.restored": [["items"], ["item"], ["inventory-history"], ["activity"]],
  "milk.session": [["milk"], ["activity"]],
  "rtde.completed": [["rtde"], ["activity"]],
  "rtde.items": [["rtde"], ["audit"]],
  "par.updated": [["milk"], ["audit"]],
  "user.updated": [["me"], ["users"], ["audit"]],
  "store.updated": [["stores"], ["milk"], ["audit"]],
  reset: [[]],
};

const retry = 5_000; // milliseconds

/** Listens to what others do, as long as somebody is logged in and the page is seen. */
export function startListening() {
  let source: EventSource | null = null;
  let lastId = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let opening = false;
  let turn = 0; // another person or store makes the ticket that was asked for worthless

  function stop() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function later() {
    stop();
    timer = setTimeout(() => void start(), retry);
  }

  async function start() {
    if (source || opening || document.hidden || useSession.getState().standing !== "in") return;
    opening = true;
    const mine = turn;
    try {
      const { ticket } = await body(api.POST("/api/events/ticket"));
      if (mine === turn) open(ticket);
      else later();
    } catch {
      later();
    } finally {
      opening = false;
    }
  }

  function open(ticket: string) {
    const query = new URLSearchParams({ ticket });
    if (lastId) query.set("last_event_id", lastId);
    source = new EventSource(`/api/events?${query}`);
    source.onerror = later; // a ticket is good once: come back with a new one
    for (const [type, queryKeys] of Object.entries(concerns)) {
      source.addEventListener(type, (event) => {
        if (event.lastEventId) lastId = event.lastEventId;
        for (const queryKey of queryKeys) void answers.invalidateQueries({ queryKey: [...queryKey] });
      });
    }
    source.addEventListener("welcome", (event) => {
      if (event.lastEventId) lastId = event.lastEventId;
    });
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : void start()));
  addEventListener("online", () => void start());
  useSession.subscribe((now, before) => {
    if (now.standing === before.standing && now.storeId === before.storeId && now.user?.id === before.user?.id) return;
    turn += 1;
    stop();
    if (now.storeId !== before.storeId || now.user?.id !== before.user?.id) lastId = "";
    void start();
  });
  void start();
}
