import { Copy } from "lucide-react";
import { t } from "../i18n";
import { IconButton } from "../ui/button";
import { copyText } from "../ui/copy";
import { say, sayFailure } from "../ui/message";

/** Something to be typed elsewhere, or copied. */
export function Copyable({ text, large }: { text: string; large?: boolean }) {
  async function copy() {
    if (await copyText(text)) say(t("admin.copied"));
    else sayFailure(t("admin.copyFailed"));
  }
  return (
    <div className="flex items-center gap-2 rounded-field bg-sunken py-1 pr-1 pl-4">
      <code className={`min-w-0 flex-1 select-all font-mono break-words ${large ? "py-2 text-xl font-bold sm:text-2xl" : "text-base"}`}>
        {text}
      </code>
      <IconButton label={`${t("admin.copy")}: ${text}`} onClick={() => void copy()}>
        <Copy aria-hidden className="size-5" />
      </IconButton>
    </div>
  );
}
