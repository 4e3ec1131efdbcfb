import { type KeyboardEvent, useId, useState } from "react";
import type { TrackingSuggestion } from "../api/schema";
import { t } from "../i18n";
import { Badge, Pill } from "../ui/surface";
import { useSuggestions } from "./suggestions";

interface Props {
  category: string;
  value: string;
  onChange(name: string): void;
  onEnter(): void;
  error?: string | undefined;
}

/** A name that may be typed freely, with suggestions under it. */
export function NameField({ category, value, onChange, onEnter, error }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const suggestions = useSuggestions(category, value);
  const options = open ? (suggestions ?? []) : [];
  const shown = options.length > 0;
  const choose = (name: string) => {
    onChange(name);
    setOpen(false);
    setAt(-1);
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && suggestions?.length) {
      event.preventDefault();
      setOpen(true);
      setAt((was) => (was + step + suggestions.length + (was < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      setOpen(false);
      setAt(-1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const active = options[at];
      if (active) choose(active.name);
      else onEnter();
    }
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-base font-medium">
        {t("inventory.add.name")}
      </label>
      <input
        id={id}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
        aria-invalid={Boolean(error)}
        aria-describedby={`${id}-note`}
        autoComplete="off"
        autoCapitalize="words"
        enterKeyHint="next"
        maxLength={100}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setAt(-1);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={keys}
        className="min-h-12 w-full rounded-field border border-strong-line bg-card px-4 text-base text-ink aria-[invalid=true]:border-red"
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("inventory.add.suggestions")}
        hidden={!shown}
        className="overflow-hidden rounded-field border border-strong-line"
      >
        {options.map((option, place) => (
          <Suggestion key={option.name} id={`${id}-${place}`} option={option} active={place === at} onChoose={() => choose(option.name)} />
        ))}
      </div>
      <p id={`${id}-note`} role="status" className={`text-sm ${error ? "text-red" : "text-soft"}`}>
        {error ?? note(category, open, suggestions)}
      </p>
    </div>
  );
}

function note(category: string, open: boolean, suggestions: TrackingSuggestion[] | undefined): string {
  if (!category) return t("inventory.add.nameHint");
  if (!open || !suggestions) return "";
  return suggestions.length === 0 ? t("inventory.add.anyName") : t("inventory.add.found", { n: suggestions.length });
}

interface SuggestionProps {
  id: string;
  option: TrackingSuggestion;
  active: boolean;
  onChoose(): void;
}

function Suggestion({ id, option, active, onChoose }: SuggestionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the field points to it by aria-activedescendant
    <div
      id={id}
      role="option"
      aria-selected={active}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={`flex min-h-12 cursor-pointer items-center gap-2 border-line px-4 not-last:border-b ${active ? "bg-sunken" : "bg-card"}`}
    >
      <span className="flex-1">{option.name}</span>
      {option.code && <Pill>{option.code}</Pill>}
      <Badge tone={option.source === "existing" ? "emerald" : "plain"}>
        {t(option.source === "existing" ? "inventory.add.existing" : "inventory.add.suggested")}
      </Badge>
    </div>
  );
}
