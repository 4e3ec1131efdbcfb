import { t } from "../i18n";
import { takeBack, tryAgain } from "../queue/queue";
import { Button } from "../ui/button";
import { Note } from "../ui/surface";
import type { RtdeWrite } from "./data";

interface Props {
  writes: readonly RtdeWrite[];
  /** Nothing can come of sending them again. */
  hopeless?: boolean;
}

/** What the server refused of a session, why, and what can be done. */
export function RefusedNote({ writes, hopeless }: Props) {
  const refused = writes.filter((one) => one.state === "refused");
  const [first] = refused;
  if (!first?.refusal) return null;
  const each = async (act: (id: string) => Promise<unknown>) => {
    for (const write of refused) await act(write.id);
  };
  return (
    <Note tone="red" alert className="flex flex-col gap-3">
      <p>{t("rtde.refused", { n: refused.length, reason: first.refusal.message })}</p>
      <div className="flex flex-wrap gap-2">
        {!hopeless && (
          <Button look="secondary" onClick={() => void each(tryAgain)}>
            {t("do.retry")}
          </Button>
        )}
        <Button look="danger" onClick={() => void each(takeBack)}>
          {t("do.discard")}
        </Button>
      </div>
    </Note>
  );
}
