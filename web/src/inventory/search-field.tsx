import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { IconButton } from "../ui/button";

interface Props {
  label: string;
  clearLabel: string;
  value: string;
  onChange(text: string): void;
  numeric?: boolean;
}

/** Always there; `/` leads to it from everywhere on the page, Esc empties it. */
export function SearchField({ label, clearLabel, value, onChange, numeric }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey) return;
      if ((event.target as HTMLElement).matches("input, textarea, select, dialog *")) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  return (
    <search className="flex min-h-12 items-center rounded-full border border-strong-line bg-card pl-4 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-sky">
      <Search aria-hidden className="size-5 shrink-0 text-soft" />
      <input
        ref={input}
        type="text"
        inputMode={numeric ? "numeric" : "search"}
        enterKeyHint="search"
        autoComplete="off"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onChange("");
        }}
        className="min-h-11 min-w-0 flex-1 bg-transparent px-3 text-base text-ellipsis outline-none"
      />
      {value !== "" && (
        <IconButton
          label={clearLabel}
          onClick={() => {
            onChange("");
            input.current?.focus();
          }}
        >
          <X aria-hidden className="size-5" />
        </IconButton>
      )}
    </search>
  );
}
