import { Check } from "lucide-react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Note } from "../ui/surface";

interface Props {
  milk: string;
  /** How many fewer there are than at night. */
  fewer: number;
  confirmed: boolean;
  onConfirm(): void;
}

/** A morning number below the night's: milk that was used, or a number to look at again. */
export function Overnight({ milk, fewer, confirmed, onConfirm }: Props) {
  if (fewer === 0) return null;
  if (confirmed) {
    return (
      <p className="flex items-center gap-2 text-base text-amber">
        <Check aria-hidden className="size-5 shrink-0" />
        {t("milk.usedOvernight", { n: fewer })}
      </p>
    );
  }
  return (
    <Note tone="amber" className="flex flex-wrap items-center justify-between gap-2">
      <p role="status">{t("milk.overnightAsk", { n: fewer })}</p>
      <Button look="secondary" aria-label={t("milk.overnightYesOf", { n: fewer, milk })} onClick={onConfirm}>
        {t("milk.overnightYes", { n: fewer })}
      </Button>
    </Note>
  );
}
