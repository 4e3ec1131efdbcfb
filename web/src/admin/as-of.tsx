import { useOffline } from "../frame/connection";
import { t } from "../i18n";
import { ago } from "../i18n/time";

/** The age of what is shown, while nothing newer can be had. */
export function AsOf({ time }: { time: number }) {
  const offline = useOffline();
  if (!offline || time === 0) return null;
  return <p className="px-2 text-sm text-soft">{t("state.asOf", { age: ago(time) })}</p>;
}
