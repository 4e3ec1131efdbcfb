import { Link, useNavigate } from "@tanstack/react-router";
import { History, List, Plus, Truck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Keypad } from "../ui/keypad";
import { Page } from "../ui/page";
import { act } from "./actions";
import type { InventoryChange } from "./changes";
import { CodeDisplay } from "./code-display";
import { useItems, useProvision, useRemovals, useStory } from "./data";
import { type Found, lookUp } from "./lookup";
import { Results } from "./results";

const codeLength = 4;

/** The home of the inventory: four digits, one tap, and ready for the next. */
export function PadPage() {
  const [code, setCode] = useState("");
  const navigate = useNavigate();
  const found = useFound(code);
  useEffect(loadNeighbours, []);
  const addWith = () => void navigate({ to: "/tools/tracking/add", search: { code } });
  const entered = useRef("");
  const proceed = () => {
    entered.current = found?.is === "looking" ? code : "";
    const change = found && changeOf(code, found);
    if (change) {
      setCode(""); // at once: a scanner has the next one under way before this one is written down
      act(change).catch((reason) => {
        setCode((now) => now || code);
        throw reason;
      });
    } else if (found?.is === "free" || found?.is === "unknown") addWith();
  };
  useEffect(() => {
    if (code && entered.current === code && found?.is !== "looking") proceed(); // Enter came before the answer
  });
  return (
    <Page
      title={t("inventory.title")}
      back="/dashboard"
      below={<Links className="[@media(max-height:700px)]:hidden" />}
      bottom={<Proceed code={code} found={found} onProceed={proceed} />}
    >
      <div className="mx-auto flex w-full max-w-md flex-col gap-2">
        <CodeDisplay code={code} found={found} onAdd={addWith} />
        <Keypad value={code} onChange={setCode} length={codeLength} onEnter={proceed} />
      </div>
      <Results />
      <Links className="hidden [@media(max-height:700px)]:grid" />
    </Page>
  );
}

/** What the one large button does to what the code is on, if that is not to add it. */
function changeOf(code: string, found: Found): InventoryChange | null {
  if (found.is === "active") return { kind: "item.remove", code, name: found.name, category: found.category ?? undefined };
  if (found.is === "removed") return { kind: "item.restore", code, name: found.name, category: found.category };
  return null;
}

/** The other pages must be on the phone before somebody goes below ground with it. */
function loadNeighbours() {
  void Promise.allSettled([import("./items"), import("./add"), import("./delivery"), import("./history")]);
}

/** What the four digits are, as far as this phone can tell. */
function useFound(code: string): Found | null {
  const offline = useProvision();
  const whole = code.length === codeLength;
  const { rows, writes } = useItems();
  const removals = useRemovals();
  const known = { rows, writes, removals };
  const here = whole ? lookUp(code, { ...known, story: undefined, asking: true }) : null;
  const story = useStory(code, here?.is === "looking" && !offline);
  if (here?.is !== "looking") return here;
  const asking = !offline && story.isFetching && story.failureCount === 0;
  // What was kept of the story of a code is older than the list, except for its removal.
  const told = asking || (offline && story.data?.item.is_removed !== true) ? undefined : story.data;
  return lookUp(code, { ...known, story: told, asking });
}

function Proceed({ code, found, onProceed }: { code: string; found: Found | null; onProceed(): void }) {
  const big = "min-h-16 text-xl tabular-nums";
  if (found?.is === "active") {
    return (
      <Button full look="danger" className={big} data-main-action onClick={onProceed}>
        {t("inventory.pad.remove", { code })}
      </Button>
    );
  }
  const ready = found !== null && found.is !== "looking";
  const text =
    found?.is === "removed" ? t("inventory.pad.restore", { code }) : t(ready ? "inventory.pad.addWith" : "inventory.pad.typeCode");
  return (
    <Button full look={ready ? "primary" : "secondary"} disabled={!ready} className={big} data-main-action onClick={onProceed}>
      {found?.is === "looking" ? t("inventory.pad.looking") : text}
    </Button>
  );
}

function Links({ className }: { className: string }) {
  const look = "press flex min-h-12 flex-col items-center justify-center rounded-field text-center text-sm hover:bg-sunken";
  return (
    <nav aria-label={t("inventory.links")} className={`grid grid-cols-[repeat(auto-fit,minmax(4rem,1fr))] gap-2 ${className}`}>
      <Link to="/tools/tracking/items" className={look}>
        <List aria-hidden className="size-5" />
        {t("inventory.list")}
      </Link>
      <Link to="/tools/tracking/add" className={look}>
        <Plus aria-hidden className="size-5" />
        {t("inventory.add")}
      </Link>
      <Link to="/tools/tracking/delivery" className={look}>
        <Truck aria-hidden className="size-5" />
        {t("inventory.delivery")}
      </Link>
      <Link to="/tools/tracking/history" className={look}>
        <History aria-hidden className="size-5" />
        {t("inventory.history")}
      </Link>
    </nav>
  );
}
