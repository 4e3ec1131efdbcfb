import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from "react";

const box = "min-h-12 w-full rounded-field border border-strong-line bg-card px-4 text-base text-ink aria-[invalid=true]:border-red";

interface Labelled {
  label: string;
  /** What is wrong with it. */
  error?: string | undefined;
  hint?: string | undefined;
}

function Frame({ id, label, error, hint, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-base font-medium">
        {label}
      </label>
      {children}
      {hint && !error && (
        <p id={`${id}-note`} className="text-sm text-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-note`} className="text-sm text-red">
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, error, hint, className = "", ...rest }: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} error={error} hint={hint}>
      <input
        id={id}
        aria-invalid={Boolean(error)}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={`${box} ${className}`}
        {...rest}
      />
    </Frame>
  );
}

export function SelectField({ label, error, hint, className = "", ...rest }: Labelled & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} error={error} hint={hint}>
      <select
        id={id}
        aria-invalid={Boolean(error)}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={`${box} ${className}`}
        {...rest}
      />
    </Frame>
  );
}

/** A four-digit PIN that is typed, where the big keys would be in the way. */
export function PinField(props: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  return <TextField type="password" inputMode="numeric" maxLength={4} pattern="[0-9]{4}" {...props} />;
}
