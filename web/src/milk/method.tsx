import { t } from "../i18n";
import type { Method } from "./changes";

const methods = [
  { method: "boh_count", text: "milk.currentBoh" },
  { method: "direct_delivered", text: "milk.delivered" },
] as const;

/** How a milk is counted in the morning. */
export function MethodSwitch({ milk, method, onChange }: { milk: string; method: Method; onChange(method: Method): void }) {
  return (
    <fieldset className="grid grid-cols-2 gap-1 rounded-full bg-sunken p-1">
      <legend className="sr-only">{t("milk.methodOf", { milk })}</legend>
      {methods.map((one) => (
        <label
          key={one.method}
          className="press flex min-h-11 cursor-pointer items-center justify-center rounded-full border border-transparent px-2 text-center text-base has-checked:border-strong-line has-checked:bg-card has-checked:font-medium has-checked:shadow-sm has-focus-visible:outline-3 has-focus-visible:outline-sky"
        >
          <input
            type="radio"
            name={`method-${milk}`}
            className="sr-only"
            checked={one.method === method}
            onChange={() => onChange(one.method)}
          />
          {t(one.text)}
        </label>
      ))}
    </fieldset>
  );
}
