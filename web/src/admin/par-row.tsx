import { Check } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { api, body } from "../api/client";
import { answers } from "../api/queries";
import type { MilkcountMilkType, MilkcountMilkTypes, MilkcountPar } from "../api/schema";
import { t } from "../i18n";
import { ago } from "../i18n/time";
import { NumberField } from "../ui/counter";
import { Failure } from "../ui/failure";
import { shortName } from "../ui/person";
import { milksKey } from "./milks";
import { useSave } from "./save";

const shown = 2_000; // milliseconds that a row says it is saved
const untouched = undefined;

interface Props {
  milk: MilkcountMilkType;
  /** Who set it, and when. */
  par: MilkcountPar | undefined;
}

/** A par that is typed where it stands. Leaving the field saves, Esc goes back. */
export function ParRow({ milk, par }: Props) {
  const [typed, setTyped] = useState<number | null | undefined>(untouched);
  const [saved, flash] = useFlash();
  const { save, busy, failure, fields, forget } = useSave(
    (value: number) =>
      body(
        api.PUT("/api/milk-count/admin/par-levels/{milk_type_id}", {
          params: { path: { milk_type_id: milk.id } },
          body: { par_value: value },
        }),
      ),
    ["milk"],
    `par ${milk.id}`,
  );
  const revert = () => {
    setTyped(untouched);
    forget();
  };
  const goBack = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !(event.target instanceof HTMLElement)) return;
    flushSync(revert); // or leaving the field would save
    event.target.blur();
  };
  const leave = () => {
    if (typed === untouched) return;
    if (typed === null || typed === milk.par_value) return revert();
    save(typed, () => {
      showPar(milk.id, typed);
      setTyped((now) => (now === typed ? untouched : now)); // perhaps it is typed in again
      flash();
    });
  };
  return (
    <li className={`border-t border-line px-4 py-2 transition-colors first:border-t-0 ${saved ? "bg-emerald-soft" : ""}`}>
      <form className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1" onBlur={leave} onKeyDown={goBack}>
        <div className="min-w-24 flex-1">
          <p className="text-lg">{milk.name}</p>
          {par?.updated_by_name && (
            <p className="text-sm text-soft">{t("admin.milk.setBy", { name: shortName(par.updated_by_name), age: ago(par.updated_at) })}</p>
          )}
        </div>
        <p role="status" className="flex items-center gap-1 text-sm text-emerald">
          {saved && <Check aria-hidden className="size-4" />}
          {saved ? t("admin.milk.saved") : busy ? t("state.saving") : ""}
        </p>
        <NumberField
          value={typed === untouched ? milk.par_value : typed}
          onChange={setTyped}
          name={t("admin.milk.parOf", { name: milk.name })}
        />
      </form>
      {failure && <Failure error={failure} onRetry={leave} />}
      {fields.par_value && <p className="pt-1 text-sm text-red">{fields.par_value[0]}</p>}
    </li>
  );
}

/** The list has the new par before the server has told it anew, so that the number does not jump back. */
function showPar(id: string, par_value: number) {
  answers.setQueryData<MilkcountMilkTypes>(
    milksKey(),
    (known) => known && { ...known, milk_types: known.milk_types.map((one) => (one.id === id ? { ...one, par_value } : one)) },
  );
}

function useFlash(): [boolean, () => void] {
  const [since, setSince] = useState(0);
  useEffect(() => {
    if (since === 0) return;
    const timer = setTimeout(() => setSince(0), shown);
    return () => clearTimeout(timer);
  }, [since]);
  return [since > 0, () => setSince(Date.now())];
}
