import { useEffect, useState } from "react";

/** A tick that draws itself. */
export function DrawnTick() {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setDrawn(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  const stroke = {
    fill: "none",
    stroke: "currentColor",
    strokeWidth: 5,
    strokeLinecap: "round",
    pathLength: 1,
    strokeDasharray: 1,
    strokeDashoffset: drawn ? 0 : 1,
    className: "transition-[stroke-dashoffset] duration-500",
  } as const;
  return (
    <svg viewBox="0 0 100 100" aria-hidden className="size-28 text-emerald">
      <circle cx="50" cy="50" r="44" {...stroke} />
      <path d="M30 52 45 67 72 36" {...stroke} />
    </svg>
  );
}
