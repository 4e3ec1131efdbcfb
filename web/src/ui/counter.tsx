import { Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { t } from "../i18n";

interface Props {
  /** Null is not counted. */
  value: number | null;
  onChange(value: number | null): void;
  /** What is counted, for those who cannot see the row. */
  name: string;
  max?: number;
  large?: boolean;
  /** An explicit zero: "out". */
  outKey?: boolean;
  onEnter?(): void;
  /** Between the number and the keys, such as "/ 12". */
  suffix?: ReactNode;
}

/** A number with one key on either side. Blank is a dash, and zero is a count. */
export function Counter({ value, onChange, name, max = 999, large, outKey, onEnter, suffix }: Props) {
  const key = large ? "size-14" : "size-12";
  const step = (by: number) => {
    const next = Math.min(max, Math.max(0, (value ?? 0) + by));
    if (next !== value) onChange(next);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {outKey && (
        <button
          type="button"
          aria-label={t("count.outOf", { name })}
          aria-pressed={value === 0}
          onClick={() => onChange(0)}
          className={`press ${key} shrink-0 rounded-field border text-sm font-bold ${value === 0 ? "border-red bg-red-solid text-white" : "border-red bg-card text-red"}`}
        >
          {t("count.out")}
        </button>
      )}
      <HeldKey label={t("do.minusOne", { name })} size={key} onStep={() => step(-1)} disabled={!value}>
        <Minus aria-hidden />
      </HeldKey>
      <NumberField value={value} onChange={onChange} name={name} max={max} large={large} onEnter={onEnter} />
      {suffix}
      <HeldKey label={t("do.plusOne", { name })} size={key} onStep={() => step(1)} disabled={value === max}>
        <Plus aria-hidden />
      </HeldKey>
    </div>
  );
}

/** A number that is typed; a tap selects all of it. */
export function NumberField({
  value,
  onChange,
  name,
  max = 999,
  large,
  onEnter,
}: Pick<Props, "value" | "onChange" | "name" | "max" | "large" | "onEnter">) {
  const typed = (text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, String(max).length);
    onChange(digits === "" ? null : Math.min(max, Number(digits)));
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      if (value === null && event.key === "ArrowDown") return; // only the key that says so makes a zero
      onChange(Math.min(max, Math.max(0, (value ?? 0) + (event.key === "ArrowUp" ? 1 : -1))));
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (onEnter) onEnter();
    else focusNext(event.currentTarget);
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      autoComplete="off"
      enterKeyHint="next"
      data-count
      aria-label={value === null ? `${name}, ${t("count.blank")}` : name}
      placeholder="–"
      value={value ?? ""}
      onChange={(event) => typed(event.target.value)}
      onFocus={(event) => event.target.select()}
      onKeyDown={keys}
      className={`rounded-field border border-strong-line bg-card text-center font-bold tabular-nums ${large ? "h-16 w-28 text-[2.5rem]" : "h-12 w-16 text-2xl"}`}
    />
  );
}

/** The next number on the page, or the main button after the last one. */
function focusNext(from: HTMLInputElement) {
  const all = [...document.querySelectorAll<HTMLElement>("[data-count], [data-main-action]")];
  all[all.indexOf(from) + 1]?.focus();
}

const firstRepeat = 400; // milliseconds
const repeat = 90;

/** A key that repeats while it is held. */
function HeldKey({
  label,
  size,
  onStep,
  disabled,
  children,
}: {
  label: string;
  size: string;
  onStep(): void;
  disabled: boolean;
  children: ReactNode;
}) {
  const [held, setHeld] = useState(false);
  const stepNow = useRef(onStep);
  stepNow.current = onStep;
  const repeated = useRef(false);
  useEffect(() => {
    if (!held || disabled) return setHeld(false); // a key that is switched off hears no more of the finger
    repeated.current = false;
    let timer = setTimeout(function again() {
      repeated.current = true;
      stepNow.current();
      timer = setTimeout(again, repeat);
    }, firstRepeat);
    return () => clearTimeout(timer);
  }, [held, disabled]);
  return (
    <button
      type="button"
      aria-label={label}
      disabled={disabled}
      onPointerDown={() => setHeld(true)}
      onPointerUp={() => setHeld(false)}
      onPointerLeave={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
      onContextMenu={(event) => event.preventDefault()}
      onClick={() => {
        if (!repeated.current) onStep();
        repeated.current = false;
      }}
      className={`press ${size} inline-flex shrink-0 select-none items-center justify-center rounded-field border border-strong-line bg-card disabled:opacity-40`}
    >
      {children}
    </button>
  );
}
