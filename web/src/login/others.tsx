import { t } from "../i18n";
import { useLine } from "../queue/queue";
import { Note } from "../ui/surface";

/** Says whether changes still wait on this phone for somebody to log in. */
export function Others() {
  const waiting = useLine((line) => line.writes.length);
  if (waiting === 0) return null;
  return <Note>{t("login.waiting", { n: waiting })}</Note>;
}
