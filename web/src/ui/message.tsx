import { X } from "lucide-react";
import { useEffect } from "react";
import { create } from "zustand";
import { t } from "../i18n";
import { IconButton } from "./button";

interface Message {
  id: number;
  text: string;
  tone: "done" | "failed";
  undo?: (() => void) | undefined;
}

const useMessage = create<{ message: Message | null }>(() => ({ message: null }));
const shown = 10_000; // milliseconds, as long as it can be undone
let last = 0;

/** Says what has happened, and offers to undo it. One message at a time. */
export function say(text: string, undo?: () => void) {
  last += 1;
  useMessage.setState({ message: { id: last, text, tone: "done", undo } });
}

/** Says what went wrong. */
export function sayFailure(text: string) {
  last += 1;
  useMessage.setState({ message: { id: last, text, tone: "failed" } });
}

const clear = () => useMessage.setState({ message: null });

export function Messages() {
  const message = useMessage((s) => s.message);
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(clear, shown);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <div
      aria-live={message?.tone === "failed" ? "assertive" : "polite"}
      className="no-print pointer-events-none fixed inset-x-0 top-16 z-30 flex justify-center px-3"
    >
      {message && (
        <div
          data-message={message.tone}
          className={`pointer-events-auto flex w-full max-w-md items-center gap-2 rounded-field py-1 pr-1 pl-4 text-base shadow-lg ${message.tone === "failed" ? "bg-red-solid text-white" : "bg-solid text-on-solid"}`}
        >
          <p className="flex-1 py-2">{message.text}</p>
          {message.undo && (
            <button
              type="button"
              className="press min-h-11 rounded-full px-4 font-bold underline"
              onClick={() => {
                message.undo?.();
                clear();
              }}
            >
              {t("do.undo")}
            </button>
          )}
          <IconButton label={t("do.close")} onClick={clear} className="text-inherit! hover:bg-transparent">
            <X aria-hidden className="size-5" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
