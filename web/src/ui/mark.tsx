import { t } from "../i18n";
import type { Mark } from "../queue/use";

const shapes: Record<Mark, string> = {
  phone: "border-2 border-strong-line",
  server: "bg-strong-line",
  refused: "bg-red-solid ring-2 ring-red",
};

/** Hollow: on this phone. Filled: on the server. Red: refused. */
export function StateMark({ mark }: { mark: Mark }) {
  return (
    <span
      role="img"
      aria-label={t(`state.${mark}`)}
      title={t(`state.${mark}`)}
      data-mark={mark}
      className={`inline-block size-3 shrink-0 rounded-full ${shapes[mark]}`}
    />
  );
}
