import { type ReactNode, useEffect, useId, useRef } from "react";

interface Props {
  open: boolean;
  onClose(): void;
  title: string;
  /** One sentence under the title. */
  sentence?: string;
  /** Buttons that name what they do, the primary one first. */
  actions?: ReactNode;
  /** Closed by a choice alone, not by Esc or a tap beside it. */
  firm?: boolean;
  children?: ReactNode;
}

/**
 * A sheet from below on a phone, a box in the middle elsewhere. The browser's own
 * dialog holds the focus, gives it back, and makes the page behind it inert.
 */
export function Dialog({ open, ...rest }: Props) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ onClose, title, sentence, actions, firm, children }: Omit<Props, "open">) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a tap beside it does what Esc does
    <dialog
      ref={dialog}
      aria-labelledby={id}
      aria-describedby={sentence ? `${id}-sentence` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        if (!firm) onClose();
      }}
      onClose={() => {
        if (firm) dialog.current?.showModal(); // a second Esc closes it, whatever the first was told
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !firm) onClose();
      }}
      className="mx-auto mt-auto mb-0 w-full max-w-md overflow-hidden rounded-t-card border border-line bg-card p-0 text-ink backdrop:bg-black/60 sm:my-auto sm:rounded-card"
    >
      <div className="flex max-h-[92dvh] flex-col">
        <div className="bg-sunken px-5 py-4">
          <h2 id={id} className="text-xl font-medium">
            {title}
          </h2>
          {sentence && (
            <p id={`${id}-sentence`} className="mt-1 text-base text-soft">
              {sentence}
            </p>
          )}
        </div>
        {children && <div className="flex flex-col gap-3 overflow-y-auto px-5 py-4">{children}</div>}
        {actions && <div className="flex flex-col gap-2 px-5 pt-2 pb-[calc(1.25rem+env(safe-area-inset-bottom))]">{actions}</div>}
      </div>
    </dialog>
  );
}
