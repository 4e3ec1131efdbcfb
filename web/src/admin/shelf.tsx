import { type ReactNode, useId } from "react";

/** A section of a list, with its name on top. */
export function Shelf({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="mb-2 overflow-hidden rounded-card border border-line bg-card">
      <h3 id={id} className="bg-sunken px-4 py-2 font-medium">
        {title}
      </h3>
      <ul aria-labelledby={id}>{children}</ul>
    </div>
  );
}
