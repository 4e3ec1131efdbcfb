import { locale } from "../i18n";

/** One digit after the point, in the way of the language. */
export function decimal(n: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(n);
}
