/** First name and last initial, as partners call each other. */
export function shortName(name: string): string {
  const [first = "", ...rest] = name.trim().split(/\s+/);
  const last = rest.at(-1);
  return last ? `${first} ${last[0]}.` : first;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? ""}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
}

export function Initials({ name }: { name: string }) {
  return (
    <span
      role="img"
      aria-label={shortName(name)}
      title={shortName(name)}
      className="inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-sunken text-sm font-bold"
    >
      {initials(name)}
    </span>
  );
}
