import { Refused, Unreachable } from "../api/errors";
import { t } from "../i18n";
import { Button } from "./button";
import { Note } from "./surface";

/** What happened, in a sentence that a person can act on. */
export function explain(error: unknown): string {
  if (error instanceof Unreachable) return t("error.unreachable");
  return error instanceof Error ? error.message : String(error);
}

export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <Note tone="red" alert>
      <p>{explain(error)}</p>
      {error instanceof Refused && error.requestId && <p className="mt-1 text-sm">{t("error.requestId", { id: error.requestId })}</p>}
      {onRetry && (
        <Button look="secondary" className="mt-3" onClick={onRetry}>
          {t("do.retry")}
        </Button>
      )}
    </Note>
  );
}
