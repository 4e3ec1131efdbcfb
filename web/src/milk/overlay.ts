import type { MilkcountEntry, MilkcountMilkType, MilkcountSession } from "../api/schema";
import type { Write } from "../queue/write";
import type { Draft, MilkChange } from "./changes";
import { after, place, type Step, steps } from "./steps";

export type MilkWrite = Write & { change: MilkChange };

export interface Count {
  session: MilkcountSession;
  entries: MilkcountEntry[];
}

export interface Doer {
  id: string;
  name: string;
}

export function isMilkWrite(write: Write): write is MilkWrite {
  return write.change.kind.startsWith("milk.");
}

/** A count as it will be once the server has what waits on this phone. */
export function overlay({ session, entries }: Count, pending: readonly MilkWrite[], doer: Doer): Count {
  let laid = entries;
  for (const write of pending) {
    if (write.state === "refused" || write.change.sessionId !== session.id) continue;
    for (const [milkId, draft] of draftsOf(write.change)) {
      laid = laid.map((entry) =>
        entry.milk_type_id === milkId ? { ...entry, ...fields(draft), updated_at: write.recordedAt, updated_by_name: doer.name } : entry,
      );
    }
  }
  return { session: overlaySession(session, pending, doer), entries: laid.map(withDelivered) };
}

/** Where a session will stand. */
export function overlaySession(session: MilkcountSession, pending: readonly MilkWrite[], doer: Doer): MilkcountSession {
  let laid = session;
  for (const { change, recordedAt, state } of pending) {
    if (state === "refused" || change.sessionId !== session.id) continue;
    const step = stepOf(change);
    if (change.kind === "milk.reopen") laid = reopened(laid, change.status);
    else if (step) laid = saved(laid, step, recordedAt, doer);
  }
  return laid;
}

/** Adds a blank entry for each milk that is counted only since the session began. */
export function withNewMilks({ session, entries }: Count, milks: readonly MilkcountMilkType[]): Count {
  const known = new Set(entries.map((entry) => entry.milk_type_id));
  const added = milks.filter((milk) => !known.has(milk.id)).map((milk) => blank(session, milk));
  return added.length > 0 && session.status !== "completed" ? { session, entries: [...entries, ...added] } : { session, entries };
}

function blank(session: MilkcountSession, milk: MilkcountMilkType): MilkcountEntry {
  return {
    id: milk.id,
    session_id: session.id,
    milk_type_id: milk.id,
    milk_type_name: milk.name,
    milk_type_category: milk.category,
    foh_count: null,
    boh_count: null,
    morning_method: null,
    current_boh: null,
    delivered: null,
    on_order: null,
    updated_at: session.created_at,
    updated_by_name: null,
  };
}

const stepOfKind = { "milk.foh": "night_foh", "milk.boh": "night_boh", "milk.morning": "morning", "milk.onOrder": "on_order" } as const;

function stepOf(change: MilkChange): Step | null {
  return change.kind in stepOfKind ? stepOfKind[change.kind as keyof typeof stepOfKind] : null;
}

export function savesStep(write: MilkWrite, step: Step): boolean {
  return stepOf(write.change) === step;
}

/** What a change says about each milk. */
function draftsOf(change: MilkChange): [string, Draft][] {
  switch (change.kind) {
    case "milk.draft":
      return [[change.milkId, change.draft]];
    case "milk.foh":
      return change.counts.map((one) => [one.milk_type_id, { step: "night_foh", value: one.foh_count }]);
    case "milk.boh":
      return change.counts.map((one) => [one.milk_type_id, { step: "night_boh", value: one.boh_count }]);
    case "milk.morning":
      return change.counts.map((one) => [
        one.milk_type_id,
        one.method === "boh_count"
          ? { step: "morning", method: "boh_count", value: one.current_boh ?? null }
          : { step: "morning", method: "direct_delivered", value: one.delivered ?? null },
      ]);
    case "milk.onOrder":
      return change.counts.map((one) => [one.milk_type_id, { step: "on_order", value: one.on_order }]);
    case "milk.reopen":
      return [];
  }
}

function fields(draft: Draft): Partial<MilkcountEntry> {
  switch (draft.step) {
    case "night_foh":
      return { foh_count: draft.value };
    case "night_boh":
      return { boh_count: draft.value };
    case "morning":
      return draft.method === "boh_count"
        ? { morning_method: draft.method, current_boh: draft.value, delivered: null }
        : { morning_method: draft.method, current_boh: null, delivered: draft.value };
    case "on_order":
      return { on_order: draft.value };
  }
}

/** What was delivered, where it follows from the back fridge. */
function withDelivered(entry: MilkcountEntry): MilkcountEntry {
  if (entry.morning_method !== "boh_count") return entry;
  const delivered = entry.current_boh === null ? null : Math.max(0, entry.current_boh - (entry.boh_count ?? 0));
  return delivered === entry.delivered ? entry : { ...entry, delivered };
}

/** A step that is saved twice stays as it was; the server will say so. */
function saved(session: MilkcountSession, step: Step, at: string, { id, name }: Doer): MilkcountSession {
  if (place(session.status) > place(step)) return session;
  const next = { ...session, status: after(step) };
  switch (step) {
    case "night_foh":
      return { ...next, night_foh_saved_at: at, night_count_user_id: id, night_count_user_name: name };
    case "night_boh":
      return { ...next, night_boh_saved_at: at, night_boh_user_id: id, night_boh_user_name: name };
    case "morning":
      return { ...next, morning_saved_at: at, morning_count_user_id: id, morning_count_user_name: name };
    case "on_order":
      return {
        ...next,
        on_order_saved_at: at,
        on_order_user_id: id,
        on_order_user_name: name,
        morning_count_user_id: id,
        morning_count_user_name: name,
        completed_at: at,
      };
  }
}

const facts = {
  night_foh: ["night_foh_saved_at", "night_count_user_id", "night_count_user_name"],
  night_boh: ["night_boh_saved_at", "night_boh_user_id", "night_boh_user_name"],
  morning: ["morning_saved_at", "morning_count_user_id", "morning_count_user_name"],
  on_order: ["on_order_saved_at", "on_order_user_id", "on_order_user_name"],
} as const satisfies Record<Step, readonly (keyof MilkcountSession)[]>;

function reopened(session: MilkcountSession, to: Step): MilkcountSession {
  if (place(to) >= place(session.status)) return session;
  const back: MilkcountSession = { ...session, status: to };
  delete back.completed_at;
  if (session.on_order_saved_at) {
    delete back.morning_count_user_id; // they were about who saved on order
    delete back.morning_count_user_name;
  }
  for (const step of steps.slice(place(to))) {
    for (const fact of facts[step]) delete back[fact];
  }
  return back;
}
