const fills = { sky: "bg-sky", emerald: "bg-emerald", plain: "bg-solid" } as const;

export function Progress({ value, of, label, tone = "sky" }: { value: number; of: number; label: string; tone?: keyof typeof fills }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={value}
      className="h-2 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={`h-full rounded-full transition-[width] duration-500 ${fills[tone]}`}
        style={{ width: `${of ? (100 * value) / of : 0}%` }}
      />
    </div>
  );
}

interface RingProps {
  /** Parts of the whole circle, from the top, clockwise. */
  parts: { share: number; colour: string }[];
  label: string;
  children?: React.ReactNode;
}

const radius = 42;
const around = 2 * Math.PI * radius;

/** A ring of parts with something inside. */
export function Ring({ parts, label, children }: RingProps) {
  let before = 0;
  return (
    <div role="img" aria-label={label} className="relative size-28">
      <svg viewBox="0 0 100 100" className="size-full -rotate-90" aria-hidden>
        <circle cx="50" cy="50" r={radius} fill="none" stroke="var(--sunken)" strokeWidth="10" />
        {parts.map(({ share, colour }) => {
          const start = before;
          before += share;
          return (
            <circle
              key={start}
              cx="50"
              cy="50"
              r={radius}
              fill="none"
              stroke={colour}
              strokeWidth="10"
              strokeDasharray={`${share * around} ${around}`}
              strokeDashoffset={-start * around}
            />
          );
        })}
      </svg>
      <div aria-hidden className="absolute inset-0 flex flex-col items-center justify-center text-center">
        {children}
      </div>
    </div>
  );
}
