import { Delete } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { t } from "../i18n";

interface Props {
  value: string;
  onChange(value: string): void;
  length?: number;
  /** Also listens to the keyboard and to a scanner, wherever the focus is. */
  listens?: boolean;
  onEnter?(): void;
  disabled?: boolean;
}

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Ten big keys for a code or a PIN. */
export function Keypad({ value, onChange, length = 4, listens = true, onEnter, disabled }: Props) {
  const now = useRef({ value, onChange, onEnter, disabled });
  now.current = { value, onChange, onEnter, disabled };
  const add = (digit: string) => {
    const { value, onChange, disabled } = now.current;
    if (!disabled && value.length < length) onChange(value + digit);
  };
  const back = () => !now.current.disabled && now.current.onChange(now.current.value.slice(0, -1));

  // What is seen already listens: a scanner does not wait until the page is idle.
  useLayoutEffect(() => {
    if (!listens) return;
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.metaKey || event.ctrlKey || event.altKey || target.matches("input, textarea, select")) return;
      if (document.querySelector("dialog[open]")) return; // the keys are the dialog's
      if (/^[0-9]$/.test(event.key)) {
        const { value, onChange, disabled } = now.current;
        if (!disabled && value.length < length) onChange(value + event.key);
      } else if (event.key === "Backspace") now.current.onChange(now.current.value.slice(0, -1));
      else if (event.key === "Escape") now.current.onChange("");
      else if (event.key === "Enter" && !target.matches("button, a")) now.current.onEnter?.();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [listens, length]);

  const key =
    "press flex min-h-14 items-center justify-center rounded-field border border-line bg-card text-3xl font-light tabular-nums select-none disabled:opacity-50";
  return (
    <div className="grid grid-cols-3 gap-2">
      {digits.map((digit) => (
        <button key={digit} type="button" className={key} disabled={disabled} onClick={() => add(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" className={`${key} text-lg`} disabled={disabled || value === ""} onClick={() => onChange("")}>
        {t("do.clear")}
      </button>
      <button type="button" className={key} disabled={disabled} onClick={() => add("0")}>
        0
      </button>
      <button type="button" aria-label={t("key.back")} className={key} disabled={disabled || value === ""} onClick={back}>
        <Delete aria-hidden />
      </button>
    </div>
  );
}
