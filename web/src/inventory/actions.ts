import { t } from "../i18n";
import { kindOf } from "../queue/changes";
import { record, takeBack } from "../queue/queue";
import type { Write } from "../queue/write";
import { say } from "../ui/message";
import { codesOf, type InventoryChange, inverseOf } from "./changes";
import { spend, unspend } from "./lease";
import { markUndone, remember } from "./loop";

/** The hand feels what the eye need not see; not every phone can. */
function buzz(pattern: number[]) {
  if ("vibrate" in navigator) navigator.vibrate(pattern);
}

/** Does one thing to the inventory: written down, said, and open to be undone. */
export async function act(change: InventoryChange): Promise<Write> {
  if (adds(change)) await spend(codesOf(change));
  const write = await record(change);
  remember(write);
  buzz(change.kind === "item.remove" ? [40] : [20, 40, 20]);
  say(sentence(change), () => void undo(write.id, change));
  return write;
}

/** Takes a change back if it is still on this phone, else does the opposite. */
export async function undo(id: string, change: InventoryChange) {
  if (await takeBack(id)) {
    if (adds(change)) await unspend(codesOf(change));
    markUndone(id, "back");
  } else {
    const [first, ...rest] = inverseOf(change);
    if (!first) return;
    markUndone(id, (await record(first)).id);
    for (const one of rest) await record(one);
  }
  buzz([20, 20, 20]);
  say(t("inventory.say.undone", { what: kindOf(change).title(change) }));
}

const adds = ({ kind }: InventoryChange) => kind === "item.add" || kind === "item.delivery";

function sentence(change: InventoryChange): string {
  if (change.kind === "item.delivery") return t("inventory.say.delivery", { name: change.name, n: change.items.length });
  const { name, code } = change;
  if (change.kind === "item.add") return t("inventory.say.add", { name, code });
  return t(change.kind === "item.remove" ? "inventory.say.remove" : "inventory.say.restore", { name, code });
}
