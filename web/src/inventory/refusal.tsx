import { t } from "../i18n";
import { ago } from "../i18n/time";
import { kindOf } from "../queue/changes";
import { takeBack, tryAgain } from "../queue/queue";
import { Button } from "../ui/button";
import { shortName } from "../ui/person";
import { useNow } from "../ui/tick";
import type { InventoryWrite } from "./changes";
import { useItems, useRemovals } from "./data";
import { holderOf } from "./overlay";

/** Why the server refused what this phone did to a row, and what can be done about it. */
export function Reasons({ writes }: { writes: readonly InventoryWrite[] }) {
  const refused = writes.filter((one) => one.state === "refused");
  return refused.map((write) => <Reason key={write.id} write={write} />);
}

export function Reason({ write }: { write: InventoryWrite }) {
  const inTheWay = useInTheWay(write);
  return (
    <div role="note" className="flex w-full flex-col gap-2 rounded-field bg-red-soft px-3 py-2 text-left text-base text-red">
      <p>
        <span className="font-bold">{kindOf(write.change).title(write.change)}</span>
        <br />
        {t("queue.refused", { reason: write.refusal?.message ?? "" })} {inTheWay}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="secondary" onClick={() => void tryAgain(write.id)}>
          {t("do.retry")}
        </Button>
        <Button look="secondary" onClick={() => void takeBack(write.id)}>
          {t("do.discard")}
        </Button>
      </div>
      {write.refusal?.requestId && <p className="text-sm">{t("error.requestId", { id: write.refusal.requestId })}</p>}
    </div>
  );
}

/** Which later event stands in the way, where this phone knows of it. */
function useInTheWay(write: InventoryWrite): string {
  const now = useNow(30_000);
  const { rows } = useItems();
  const removals = useRemovals();
  const { change } = write;
  if (change.kind === "item.delivery") return "";
  if (change.kind === "item.remove") {
    const removal = removals?.find((one) => one.item_code === change.code);
    return removal ? t("inventory.refused.removedBy", { who: shortName(removal.user_name), age: ago(removal.timestamp, now) }) : "";
  }
  const holder = rows && holderOf(rows, change.code);
  return holder ? t("inventory.refused.nowOn", { code: change.code, name: holder.name }) : "";
}
