import { t } from "../i18n";
import { kindOf } from "../queue/changes";
import { takeBack, tryAgain } from "../queue/queue";
import { Button } from "../ui/button";
import { Note } from "../ui/surface";
import type { MilkWrite } from "./overlay";

/** What the server refused, why, and what can be done about it. */
export function Refusal({ write }: { write: MilkWrite }) {
  return (
    <Note tone="red" alert>
      <p>{t("milk.refused", { what: kindOf(write.change).title(write.change), reason: write.refusal?.message ?? "" })}</p>
      {write.refusal?.requestId && <p className="text-sm">{t("error.requestId", { id: write.refusal.requestId })}</p>}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button look="secondary" onClick={() => void tryAgain(write.id)}>
          {t("do.retry")}
        </Button>
        <Button look="secondary" onClick={() => void takeBack(write.id)}>
          {t("do.discard")}
        </Button>
      </div>
    </Note>
  );
}

export function Refusals({ writes }: { writes: readonly MilkWrite[] }) {
  return writes.map((write) => write.state === "refused" && <Refusal key={write.id} write={write} />);
}
