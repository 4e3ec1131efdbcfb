import type { HTMLAttributes, ReactNode } from "react";

export function Card({ className = "", ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div className={`rounded-card border border-line bg-card p-4 ${className}`} {...rest} />;
}

/** The signature of the house: codes, pars, step numbers. */
export function Pill({ children, className = "" }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={`inline-flex items-center rounded-full bg-solid px-2.5 py-0.5 font-mono text-sm font-bold text-on-solid tabular-nums ${className}`}
    >
      {children}
    </span>
  );
}

const tones = {
  plain: "bg-sunken text-ink",
  emerald: "bg-emerald-soft text-emerald",
  sky: "bg-sky-soft text-sky",
  amber: "bg-amber-soft text-amber",
  red: "bg-red-soft text-red",
} as const;
export type Tone = keyof typeof tones;

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-sm ${tones[tone]}`}>{children}</span>;
}

/** A box that wants to be read. `alert` is read aloud at once. */
export function Note({
  tone = "amber",
  alert,
  children,
  className = "",
}: {
  tone?: Tone;
  alert?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div role={alert ? "alert" : undefined} className={`rounded-field px-4 py-3 text-base ${tones[tone]} ${className}`}>
      {children}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Card className="flex flex-col items-center gap-4 px-6 py-12 text-center">
      <p className="text-lg">{title}</p>
      {children}
    </Card>
  );
}

/** Grey boxes in the shape of a list that is on its way. */
export function Skeleton({ rows = 4, className = "h-20" }: { rows?: number; className?: string }) {
  return (
    <div aria-hidden className="flex flex-col gap-2">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div key={row} className={`animate-pulse rounded-card bg-card ${className}`} />
      ))}
    </div>
  );
}
