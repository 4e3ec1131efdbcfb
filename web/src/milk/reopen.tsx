import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import type { MilkcountSession } from "../api/schema";
import { t } from "../i18n";
import { record, takeBack } from "../queue/queue";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { TextField } from "../ui/field";
import { type MilkWrite, savesStep } from "./overlay";
import { after, pages, type Step } from "./steps";

interface Props {
  session: MilkcountSession;
  step: Step;
  /** An admin who corrects what another saved, or saved long ago, says why. */
  needsReason: boolean;
  writes: readonly MilkWrite[];
  onClose(): void;
}

/** Opens a saved step again. What was entered stays. */
export function Reopen({ session, step, needsReason, writes, onClose }: Props) {
  const navigate = useNavigate();
  const form = useId();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const name = t(`milk.step.${step}`);
  const isLast = session.status === after(step);

  const reopen = async (event: FormEvent) => {
    event.preventDefault();
    if (needsReason && !reason.trim()) return setError(t("milk.reasonRequired"));
    if (!(await takeSaveBack(writes, step)))
      await record({ kind: "milk.reopen", sessionId: session.id, status: step, reason: reason.trim() });
    onClose();
    await navigate({ to: pages[step], search: { session: session.id } });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("milk.reopenAsk", { step: name })}
      sentence={t(isLast ? "milk.reopenSentence" : "milk.reopenLater")}
      actions={
        <>
          <Button full type="submit" form={form}>
            {t("milk.reopen", { step: name })}
          </Button>
          <Button full look="secondary" onClick={onClose}>
            {t("milk.keep")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void reopen(event)}>
        {needsReason && (
          <TextField
            label={t("milk.reason")}
            hint={t("milk.reasonHint")}
            error={error}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </form>
    </Dialog>
  );
}

/** A save that has not left the phone, and after which nothing was done, is simply taken back. */
async function takeSaveBack(writes: readonly MilkWrite[], step: Step): Promise<boolean> {
  const last = writes.filter((one) => one.state !== "refused").at(-1);
  return last !== undefined && savesStep(last, step) && (await takeBack(last.id));
}
