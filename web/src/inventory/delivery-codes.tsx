import { Check } from "lucide-react";
import { useState } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Page } from "../ui/page";
import { Progress } from "../ui/progress";
import { Badge, Note } from "../ui/surface";
import { categoryLabel } from "./categories";
import type { Delivery } from "./delivery";

interface Props {
  draft: Delivery;
  onChange(draft: Delivery): void;
  onSave(): void;
  onCancel(): void;
}

/** The codes in large type, ticked off while they are written. */
export function DeliveryCodes({ draft, onChange, onSave, onCancel }: Props) {
  const { category, name, quantity, codes, written } = draft;
  const [saving, setSaving] = useState(false);
  const tally = t("inventory.delivery.written", { n: written.length, of: codes.length });
  const toggle = (code: string) => {
    onChange({ ...draft, written: written.includes(code) ? written.filter((one) => one !== code) : [...written, code] });
  };
  return (
    <Page
      title={`${name} × ${codes.length}`}
      actions={<Badge>{categoryLabel(category)}</Badge>}
      below={
        <>
          <p className="mb-1 text-base tabular-nums" role="status">
            {tally}
          </p>
          <Progress value={written.length} of={codes.length} label={tally} tone="plain" />
        </>
      }
      bottom={
        <>
          <Button
            full
            data-main-action
            disabled={written.length === 0}
            busy={saving && t("state.saving")}
            onClick={() => {
              setSaving(true);
              onSave();
            }}
          >
            {t("inventory.delivery.save", { n: written.length })}
          </Button>
          <Button full look="quiet" onClick={onCancel}>
            {t("do.cancel")}
          </Button>
        </>
      }
    >
      {codes.length < (quantity ?? 0) && <Note>{t("inventory.delivery.fewer", { n: codes.length })}</Note>}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="flex-1 basis-48">{t("inventory.delivery.tick")}</p>
        <Button look="secondary" disabled={written.length === codes.length} onClick={() => onChange({ ...draft, written: codes })}>
          {t("inventory.delivery.all")}
        </Button>
      </div>
      <ul aria-label={t("inventory.delivery.codes")} className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2">
        {codes.map((code) => (
          <li key={code}>
            <CodeKey code={code} written={written.includes(code)} onToggle={() => toggle(code)} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function CodeKey({ code, written, onToggle }: { code: string; written: boolean; onToggle(): void }) {
  return (
    <button
      type="button"
      aria-pressed={written}
      onClick={onToggle}
      className={`press flex min-h-20 w-full items-center justify-center gap-2 rounded-card border-2 font-mono text-4xl font-bold tabular-nums ${written ? "border-emerald bg-emerald-soft text-emerald" : "border-strong-line bg-card"}`}
    >
      {code}
      {written && <Check aria-hidden className="size-6" />}
    </button>
  );
}
