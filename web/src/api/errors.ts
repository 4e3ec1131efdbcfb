/** A request that the server refused, in its own words. */
export class Refused extends Error {
  readonly status: number;
  /** Messages by field, as the contract gives them. */
  readonly fields: Record<string, string[]>;
  readonly requestId: string | null;
  /** Seconds until it is worth another try. */
  readonly retryAfter: number | null;
  /** What else the answer said, such as the session that is in the way. */
  readonly body: Record<string, unknown>;

  constructor(response: Response, body: unknown) {
    const said = isRecord(body) ? body : {};
    super(sentence(said.error, response.status));
    this.name = "Refused";
    this.status = response.status;
    this.fields = isRecord(said.error) ? (said.error as Record<string, string[]>) : {};
    this.requestId = response.headers.get("X-Request-ID");
    const wait = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
    this.retryAfter = Number.isNaN(wait) ? null : wait;
    this.body = said;
  }
}

/** The server was not reached, or its answer did not come. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("The server cannot be reached", { cause });
    this.name = "Unreachable";
  }
}

/** Whether the same request may well succeed later, without a change. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return (
    error instanceof Refused &&
    (error.status >= 500 || ([408, 409, 425, 429].includes(error.status) && (error.status !== 409 || error.retryAfter !== null)))
  );
}

function sentence(error: unknown, status: number): string {
  if (typeof error === "string") return error;
  if (isRecord(error)) return Object.values(error).flat().join(" ");
  return `HTTP ${status}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
