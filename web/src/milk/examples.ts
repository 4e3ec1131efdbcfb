import type { MilkcountEntry, MilkcountMilkType, MilkcountSession } from "../api/schema";
import type { Write } from "../queue/write";
import type { MilkChange } from "./changes";

/** For the tests: a session, an entry, a milk and a write with what matters, and the rest as it usually is. */
export function aSession(some: Partial<MilkcountSession> = {}): MilkcountSession {
  return {
    id: "s1",
    date: "2026-03-04",
    status: "night_foh",
    created_at: "2026-03-04T21:50:00Z",
    received_at: "2026-03-04T21:50:00Z",
    ...some,
  };
}

export function anEntry(milk: string, some: Partial<MilkcountEntry> = {}): MilkcountEntry {
  return {
    id: `e-${milk}`,
    session_id: "s1",
    milk_type_id: milk,
    milk_type_name: milk,
    milk_type_category: "dairy",
    foh_count: null,
    boh_count: null,
    morning_method: null,
    current_boh: null,
    delivered: null,
    on_order: null,
    updated_at: "2026-03-04T21:50:00Z",
    updated_by_name: null,
    ...some,
  };
}

export function aMilk(id: string, par = 0): MilkcountMilkType {
  return {
    id,
    name: id,
    category: "non_dairy",
    active: true,
    display_order: 1,
    par_value: par,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  };
}

let order = 0;

export function aWrite(change: MilkChange, recordedAt = "2026-03-04T22:00:00Z"): Write & { change: MilkChange } {
  order += 1;
  return { order, id: `w${order}`, recordedAt, userId: "sam", storeId: null, change, state: "waiting", tried: false };
}
