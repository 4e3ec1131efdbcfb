import { useEffect, useState } from "react";
import { t } from "../i18n";
import { countdown } from "../i18n/time";
import { Keypad } from "../ui/keypad";

interface Props {
  onPin(pin: string): Promise<boolean>;
  failure: string | null;
  /** Seconds until the next attempt. */
  wait: number;
  busy: boolean;
}

/** Four dots and big keys; the fourth digit sends. */
export function PinPad({ onPin, failure, wait, busy }: Props) {
  const [pin, setPin] = useState("");
  const [wrong, setWrong] = useState(0);

  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      if (busy || wait > 0 || event.ctrlKey || event.metaKey || (event.target as HTMLElement).matches("input")) return;
      if (/^[0-9]$/.test(event.key)) void change((pin + event.key).slice(0, 4));
      else if (event.key === "Backspace") setPin(pin.slice(0, -1));
    };
    addEventListener("keydown", typed);
    return () => removeEventListener("keydown", typed);
  });

  async function change(next: string) {
    setPin(next);
    if (next.length < 4) return;
    if (await onPin(next)) return;
    setPin("");
    setWrong(wrong + 1);
    navigator.vibrate?.(200);
  }

  return (
    <div className="flex flex-col gap-4">
      <div
        key={wrong}
        role="img"
        aria-label={t("login.pinDigits", { n: pin.length })}
        className={`flex justify-center gap-4 py-2 ${wrong ? "animate-[shake_300ms]" : ""}`}
      >
        {[0, 1, 2, 3].map((dot) => (
          <span key={dot} className={`size-4 rounded-full border-2 border-strong-line ${dot < pin.length ? "bg-solid" : ""}`} />
        ))}
      </div>
      <p role="alert" className="min-h-6 text-center text-base text-red">
        {wait > 0 ? t("login.throttled", { time: countdown(wait) }) : busy ? "" : failure}
      </p>
      <Keypad value={pin} onChange={(next) => void change(next)} listens={false} disabled={busy || wait > 0} />
    </div>
  );
}
