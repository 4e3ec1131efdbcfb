import { useSession } from "../api/session";
import { t } from "../i18n";
import { kindOf } from "../queue/changes";
import { useLine } from "../queue/queue";
import { markOf } from "../queue/use";
import { StateMark } from "../ui/mark";
import { Card, Pill } from "../ui/surface";
import { undo } from "./actions";
import { codesOf, type InventoryChange, isInventoryWrite } from "./changes";
import { type Done, useLoop } from "./loop";
import { Reason } from "./refusal";

/** The last ten things that were done on this phone, each with a way back. */
export function Results() {
  const userId = useSession((s) => s.user?.id);
  const storeId = useSession((s) => s.storeId);
  const all = useLoop((s) => s.done);
  const done = all.filter((one) => one.userId === userId && one.storeId === storeId);
  if (done.length === 0) return null;
  return (
    <section aria-labelledby="just-done" className="mx-auto mt-2 w-full max-w-md">
      <h2 id="just-done" className="mb-2 px-1 text-lg">
        {t("inventory.pad.results")}
      </h2>
      <ul className="flex flex-col gap-1.5">
        {done.map((one) => (
          <li key={one.id}>
            <Result done={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Result({ done: { id, change, undoneBy } }: { done: Done }) {
  const writes = useLine((line) => line.writes);
  const ours = writes.filter((one) => one.id === (undoneBy ?? id));
  const refused = ours.filter(isInventoryWrite).find((one) => one.state === "refused");
  return (
    <Card className="flex flex-col gap-2 py-1.5 pr-1.5 pl-3" data-result={change.kind}>
      <div className="flex min-h-11 items-center gap-2">
        <StateMark mark={markOf(ours)} />
        <Pill>{codesOf(change)[0]}</Pill>
        <p className={`min-w-0 flex-1 ${undoneBy ? "text-soft line-through" : ""}`}>{didWhat(change)}</p>
        {undoneBy ? (
          <span className="px-3 text-soft">{t("inventory.pad.undone")}</span>
        ) : (
          !refused && (
            <button
              type="button"
              className="press min-h-11 shrink-0 rounded-full px-3 underline"
              aria-label={t("inventory.pad.undoOf", { what: kindOf(change).title(change) })}
              onClick={() => void undo(id, change)}
            >
              {t("do.undo")}
            </button>
          )
        )}
      </div>
      {refused && <Reason write={refused} />}
    </Card>
  );
}

function didWhat(change: InventoryChange): string {
  const { name } = change;
  if (change.kind === "item.delivery") return t("inventory.did.delivery", { name, n: change.items.length });
  const did = (
    { "item.add": "inventory.did.add", "item.remove": "inventory.did.remove", "item.restore": "inventory.did.restore" } as const
  )[change.kind];
  return t(did, { name });
}
