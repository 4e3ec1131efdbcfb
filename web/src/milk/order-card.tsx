import { Copy, Download, Megaphone, Printer, Share2 } from "lucide-react";
import { useState } from "react";
import { api, body } from "../api/client";
import { Unreachable } from "../api/errors";
import type { MilkcountSummary } from "../api/schema";
import { t } from "../i18n";
import { businessDate } from "../i18n/time";
import { Button } from "../ui/button";
import { copyText } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { explain } from "../ui/failure";
import { say, sayFailure } from "../ui/message";
import { Card } from "../ui/surface";
import { orderLines, toCSV } from "./arithmetic";

/** The order as plain lines: to copy, to share, to print, to read aloud, to open in a spreadsheet. */
export function OrderCard({ summary, local }: { summary: MilkcountSummary; local: boolean }) {
  const [aloud, setAloud] = useState(false);
  const title = t("milk.orderOf", { date: businessDate(summary.session.date) });
  const lines = orderLines(summary.summary);
  const text = [title, ...lines.map((line) => `${line.milk}: ${line.n}`), t("milk.orderTotal", { n: summary.totals.total_order })].join(
    "\n",
  );
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-lg">{t("milk.order")}</h2>
      {lines.length === 0 ? (
        <p>{t("milk.nothingToOrder")}</p>
      ) : (
        <ul data-order className="flex max-w-sm flex-col text-lg">
          {lines.map((line) => (
            <li key={line.milk} className="flex justify-between gap-4 border-b border-line py-1">
              <span>{line.milk}</span>
              <span className="font-bold tabular-nums">{line.n}</span>
            </li>
          ))}
          <li className="flex justify-between gap-4 py-1 text-soft">
            <span>{t("milk.total")}</span>
            <span className="font-bold tabular-nums">{summary.totals.total_order}</span>
          </li>
        </ul>
      )}
      <div className="no-print flex flex-wrap gap-2">
        <Button look="secondary" onClick={() => void copy(text)}>
          <Copy aria-hidden className="size-5" />
          {t("milk.copy")}
        </Button>
        {"share" in navigator && (
          <Button look="secondary" onClick={() => void share(title, text)}>
            <Share2 aria-hidden className="size-5" />
            {t("milk.share")}
          </Button>
        )}
        <Button look="secondary" onClick={() => setAloud(true)}>
          <Megaphone aria-hidden className="size-5" />
          {t("milk.readAloud")}
        </Button>
        <Button look="secondary" onClick={() => print()}>
          <Printer aria-hidden className="size-5" />
          {t("milk.print")}
        </Button>
        <Button look="secondary" onClick={() => void download(summary, local)}>
          <Download aria-hidden className="size-5" />
          {t("milk.csv")}
        </Button>
      </div>
      <Dialog
        open={aloud}
        onClose={() => setAloud(false)}
        title={title}
        actions={
          <Button full onClick={() => setAloud(false)}>
            {t("do.close")}
          </Button>
        }
      >
        <ul className="flex flex-col gap-4">
          {lines.map((line) => (
            <li key={line.milk} className="flex flex-wrap items-baseline justify-between gap-x-4 text-4xl">
              <span>{line.milk}</span>
              <span className="font-bold tabular-nums">{line.n}</span>
            </li>
          ))}
        </ul>
        {lines.length === 0 && <p className="text-2xl">{t("milk.nothingToOrder")}</p>}
      </Dialog>
    </Card>
  );
}

async function copy(text: string) {
  if (await copyText(text)) say(t("milk.copied"));
  else sayFailure(t("milk.notCopied"));
}

async function share(title: string, text: string) {
  try {
    await navigator.share({ title, text });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) sayFailure(t("milk.notShared"));
  }
}

/** The server's file; without reception the same, made here. */
async function download(summary: MilkcountSummary, local: boolean) {
  const here = () => new Blob([toCSV(summary.summary)], { type: "text/csv;charset=utf-8" });
  try {
    save(local ? here() : await serversFile(summary.session.id), summary.session.date);
  } catch (error) {
    if (error instanceof Unreachable) save(here(), summary.session.date);
    else sayFailure(explain(error));
  }
}

async function serversFile(id: string): Promise<Blob> {
  return body(
    api.GET("/api/milk-count/sessions/{id}/summary", { params: { path: { id } }, headers: { Accept: "text/csv" }, parseAs: "blob" }),
  );
}

function save(file: Blob, date: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `milk-count-${date}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
