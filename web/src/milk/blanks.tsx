import { useRef } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

interface Props {
  open: boolean;
  sentence: string;
  without: string;
  milks: readonly string[];
  onClose(): void;
  onWithout(): void;
}

/** Asks about what was not counted, and about nothing else. */
export function Blanks({ open, sentence, without, milks, onClose, onWithout }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const goBack = () => {
    onClose();
    // The dialog gives the focus back first.
    setTimeout(() => [...document.querySelectorAll<HTMLInputElement>("input[data-count]")].find((field) => field.value === "")?.focus());
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("milk.blanks", { n: milks.length })}
      sentence={sentence}
      actions={
        <>
          <Button
            full
            onClick={() => {
              onClose();
              onWithout();
            }}
          >
            {without}
          </Button>
          <Button full look="secondary" onClick={goBack}>
            {t("milk.goBackCount")}
          </Button>
        </>
      }
    >
      <ul ref={list} className="flex flex-col gap-1 text-lg">
        {milks.map((milk) => (
          <li key={milk}>{milk}</li>
        ))}
      </ul>
    </Dialog>
  );
}
