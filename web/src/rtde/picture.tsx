import { Sandwich } from "lucide-react";

/** What an item looks like: its emoji, or a placeholder. */
export function Picture({ icon, className = "" }: { icon: string | null; className?: string }) {
  return (
    <span aria-hidden className={`inline-flex shrink-0 items-center justify-center leading-none ${className}`}>
      {icon || <Sandwich className="size-[1em] text-emerald" strokeWidth={1} />}
    </span>
  );
}
