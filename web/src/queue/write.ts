import type { Change } from "./changes";

/**
 * A change that somebody made on this phone, on its way to the server. It leaves
 * the phone only on the server's answer.
 */
export interface Write {
  /** Its place in the line; given by the database of the phone. */
  order: number;
  /** The idempotency key: however often it is sent, it is done once. */
  id: string;
  /** When the partner did it, in RFC 3339. */
  recordedAt: string;
  userId: string;
  storeId: string | null;
  change: Change;
  state: "waiting" | "sending" | "refused";
  /** Sent at least once, so the server may have it although its answer never came. */
  tried: boolean;
  refusal?: Refusal;
}

export interface Refusal {
  status: number;
  message: string;
  requestId: string | null;
}

/** How a kind of change is sent and shown. */
export interface Kind<C> {
  request(change: C): { method: "POST" | "PUT" | "DELETE"; path: string; body?: unknown };
  /** A later write in the same slot takes the place of one that still waits. */
  slot?(change: C): string;
  /** The first parts of the query keys that it changes. */
  touches(change: C): readonly (readonly unknown[])[];
  /** One line that says what it is: "Remove 4821". */
  title(change: C): string;
}
