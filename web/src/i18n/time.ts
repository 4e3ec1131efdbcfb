import { locale, t } from ".";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "12 min ago" up to a day, then the weekday, then the date. */
export function ago(instant: string | number, now: number = Date.now()): string {
  const then = new Date(instant).getTime();
  const age = now - then;
  const short = new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" });
  if (age < minute) return t("time.now");
  if (age < hour) return short.format(-Math.floor(age / minute), "minute");
  if (age < day) return short.format(-Math.floor(age / hour), "hour");
  if (age < 7 * day) return new Intl.DateTimeFormat(locale(), { weekday: "long" }).format(then);
  return shortDate(instant);
}

export function clockTime(instant: string | number): string {
  return new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit" }).format(new Date(instant));
}

export function exactTime(instant: string | number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant));
}

export function shortDate(instant: string | number): string {
  return new Intl.DateTimeFormat(locale(), { month: "short", day: "numeric" }).format(new Date(instant));
}

/** A date of the store (YYYY-MM-DD), which is the same day everywhere. */
export function businessDate(
  date: string,
  options: Intl.DateTimeFormatOptions = { weekday: "long", month: "long", day: "numeric" },
): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

/** "0:27" */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}
