import type { ButtonHTMLAttributes, ReactNode } from "react";

const looks = {
  primary: "bg-solid text-on-solid",
  secondary: "bg-card text-ink border border-strong-line",
  danger: "bg-red-solid text-white",
  quiet: "bg-transparent text-ink hover:bg-sunken",
} as const;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks;
  /** What it says while it is at work; it cannot be pressed then. */
  busy?: string | false | null;
  full?: boolean;
}

export function Button({ look = "primary", busy, full, disabled, className = "", children, type = "button", ...rest }: Props) {
  return (
    <button
      type={type}
      disabled={disabled || Boolean(busy)}
      className={`press inline-flex min-h-12 items-center justify-center gap-2 rounded-full px-5 py-2 text-base font-medium disabled:opacity-50 ${looks[look]} ${full ? "w-full" : ""} ${className}`}
      {...rest}
    >
      {busy || children}
    </button>
  );
}

interface IconProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does, for those who cannot see the icon. */
  label: string;
  children: ReactNode;
}

export function IconButton({ label, children, className = "", type = "button", ...rest }: IconProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={`press inline-flex size-12 shrink-0 items-center justify-center rounded-full text-ink hover:bg-sunken disabled:opacity-50 ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
