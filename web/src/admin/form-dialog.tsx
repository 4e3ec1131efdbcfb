import { type ReactNode, useId } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import type { Saving } from "./save";

interface Props {
  title: string;
  sentence?: string;
  /** What the main button says. */
  action: string;
  saving: Saving;
  onSubmit(form: FormData): void;
  onClose(): void;
  children: ReactNode;
}

/** A form in a dialog. A tap beside it does not throw away what was typed. */
export function FormDialog({ title, sentence, action, saving, onSubmit, onClose, children }: Props) {
  const id = useId();
  return (
    <Dialog
      open
      firm
      onClose={onClose}
      title={title}
      {...(sentence && { sentence })}
      actions={
        <>
          <Button type="submit" form={id} busy={saving.busy && t("state.saving")}>
            {action}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t("do.cancel")}
          </Button>
        </>
      }
    >
      {/* The server says all that is wrong at once, under the fields. */}
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!saving.busy) onSubmit(new FormData(event.currentTarget));
        }}
        onKeyDown={(event) => event.key === "Escape" && onClose()}
      >
        {children}
      </form>
      {saving.failure && <Failure error={saving.failure} />}
    </Dialog>
  );
}

export const text = (form: FormData, name: string) => String(form.get(name) ?? "");
