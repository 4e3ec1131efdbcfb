import { t } from "../i18n";
import { ago } from "../i18n/time";
import { StateMark } from "../ui/mark";
import { shortName } from "../ui/person";
import { Badge, Card } from "../ui/surface";
import { useNow } from "../ui/tick";
import { categoryLabel } from "./categories";
import type { Found } from "./lookup";
import { Reasons } from "./refusal";

const places = [0, 1, 2, 3];

interface Props {
  code: string;
  found: Found | null;
  onAdd(): void;
}

/** The digits as they are typed; with the fourth it becomes the card of that code. */
export function CodeDisplay({ code, found, onAdd }: Props) {
  return (
    <Card className="flex min-h-44 flex-col items-center gap-2 p-3 [@media(max-height:620px)]:min-h-18 [@media(max-height:620px)]:gap-1 [@media(max-height:620px)]:p-1.5">
      <div
        role="img"
        aria-label={code ? t("inventory.pad.code", { digits: code.split("").join(" ") }) : t("inventory.pad.noCode")}
        className="flex w-full justify-center gap-2"
      >
        {places.map((place) => (
          <span
            key={place}
            className={`flex h-14 w-12 min-w-0 items-center justify-center rounded-field border-2 font-mono text-4xl font-bold tabular-nums [@media(max-height:620px)]:size-9 [@media(max-height:620px)]:text-2xl ${place === code.length ? "border-ink" : "border-line"} ${found ? "bg-solid text-on-solid" : ""}`}
          >
            {code[place] ?? ""}
          </span>
        ))}
      </div>
      <div aria-live="polite" className="flex w-full flex-col items-center gap-1 text-center">
        {found ? (
          <What found={found} onAdd={onAdd} />
        ) : (
          <p className="text-soft [@media(max-height:620px)]:sr-only">{t("inventory.pad.hint")}</p>
        )}
      </div>
    </Card>
  );
}

function What({ found, onAdd }: { found: Found; onAdd(): void }) {
  const now = useNow(30_000);
  if (found.is === "looking") return <p className="text-soft">{t("inventory.pad.looking")}</p>;
  if (found.is === "free" || found.is === "unknown") return <p className="text-lg">{t(`inventory.pad.${found.is}`)}</p>;
  if (found.is === "removed") {
    const { name, who, at } = found;
    return (
      <>
        <p className="text-xl font-medium [@media(max-height:620px)]:text-base [@media(max-height:620px)]:leading-tight">{name}</p>
        <p className="flex flex-wrap items-center justify-center gap-x-2 text-sm text-soft">
          {who
            ? t("inventory.pad.removedBy", { who: shortName(who), age: ago(at, now) })
            : t("inventory.pad.removed", { age: ago(at, now) })}
          <button type="button" className="press min-h-11 px-2 text-base text-ink underline" onClick={onAdd}>
            {t("inventory.pad.addWith")}
          </button>
        </p>
      </>
    );
  }
  return (
    <>
      <p className="text-xl font-medium [@media(max-height:620px)]:text-base [@media(max-height:620px)]:leading-tight">{found.name}</p>
      <p className="flex flex-wrap items-center justify-center gap-2 text-sm text-soft [@media(max-height:620px)]:hidden">
        {found.category && <Badge>{categoryLabel(found.category)}</Badge>}
        {found.row && t("inventory.added", { age: ago(found.row.addedAt, now) })}
        {found.row?.addedBy && ` · ${shortName(found.row.addedBy)}`}
        {found.row && <StateMark mark={found.row.mark} />}
      </p>
      {found.row && <Reasons writes={found.row.writes} />}
    </>
  );
}
