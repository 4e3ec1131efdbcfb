interface Clock {
  timezone: string;
  /** HH:MM */
  business_day_start: string;
}

/** The date that a store counts at an instant: the small hours belong to the day before. */
export function businessDateAt(now: number, { timezone, business_day_start }: Clock): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  const date = `${part("year")}-${part("month")}-${part("day")}`;
  return `${part("hour")}:${part("minute")}` < business_day_start ? dayBefore(date) : date;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
