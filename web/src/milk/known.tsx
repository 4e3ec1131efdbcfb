import { useOffline } from "../frame/connection";
import { t } from "../i18n";
import { ago } from "../i18n/time";
import { useNow } from "../ui/tick";

const old = 60_000; // milliseconds after which the age of a copy is worth a word

/** How old what is shown is, if nothing newer can be had. */
export function KnownAt({ at }: { at: number }) {
  const offline = useOffline();
  const now = useNow(15_000);
  if (!offline || !at || now - at < old) return null;
  return <p className="px-1 text-sm text-soft">{t("state.asOf", { age: ago(at, now) })}</p>;
}

export const linkButton =
  "press inline-flex min-h-12 items-center justify-center gap-2 rounded-full px-5 py-2 text-center text-base font-medium";
export const primaryLink = `${linkButton} bg-solid text-on-solid`;
export const secondaryLink = `${linkButton} border border-strong-line bg-card`;
