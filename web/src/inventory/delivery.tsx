import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Counter } from "../ui/counter";
import { explain } from "../ui/failure";
import { say } from "../ui/message";
import { Page } from "../ui/page";
import { Note } from "../ui/surface";
import { act } from "./actions";
import { CategoryField } from "./category-field";
import { useProvision } from "./data";
import { DeliveryCodes } from "./delivery-codes";
import { provide, spend, unspend, useLease } from "./lease";
import { NameField } from "./name-field";
import { useDraft } from "./use-draft";

export interface Delivery {
  category: string;
  name: string;
  quantity: number | null;
  /** Set aside for this delivery; none until they are asked for. */
  codes: string[];
  written: string[];
}

const empty: Delivery = { category: "", name: "", quantity: 12, codes: [], written: [] };
const most = 100;
const held = 47 * 60 * 60_000; // about as long as the server holds the codes

/** "Oat syrup × 12": twelve codes to write, and one save. */
export function DeliveryPage() {
  const [draft, set, drop] = useDraft("delivery", empty, held);
  const navigate = useNavigate();
  const offline = useProvision();

  async function save() {
    const { category, codes, written } = draft;
    const name = draft.name.trim();
    await unspend(codes.filter((code) => !written.includes(code)));
    await act({ kind: "item.delivery", name, items: written.map((code) => ({ name, category, code })) });
    drop();
    await navigate({ to: "/tools/tracking/inventory" });
  }
  async function cancel() {
    await unspend(draft.codes);
    drop({ ...draft, codes: [], written: [] });
    say(t("inventory.delivery.cancelled"));
  }
  if (draft.codes.length === 0) return <What draft={draft} onChange={set} offline={offline} />;
  return <DeliveryCodes draft={draft} onChange={set} onSave={() => void save()} onCancel={() => void cancel()} />;
}

interface Props {
  draft: Delivery;
  onChange(draft: Delivery): void;
  offline: boolean;
}

function What({ draft, onChange, offline }: Props) {
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const quantity = draft.quantity ?? 0;
  const nameShort = draft.name.trim().length < 2;

  async function next() {
    setTried(true);
    if (!draft.category || nameShort || quantity === 0) return;
    setBusy(true);
    const inHand = await provide(offline ? 0 : quantity);
    setBusy(false);
    const codes = inHand.slice(0, quantity).map((one) => one.code);
    const { failure } = useLease.getState();
    if (codes.length === 0)
      return setTrouble(
        failure && !offline ? t("inventory.delivery.failed", { reason: explain(failure) }) : t("inventory.delivery.fewer", { n: 0 }),
      );
    await spend(codes);
    onChange({ ...draft, codes, written: [] });
  }
  return (
    <Page
      title={t("inventory.delivery")}
      back="/tools/tracking/inventory"
      bottom={
        <Button full data-main-action disabled={quantity === 0} busy={busy && t("inventory.delivery.getting")} onClick={() => void next()}>
          {t("inventory.delivery.get", { n: quantity })}
        </Button>
      }
    >
      {trouble && <Note alert>{trouble}</Note>}
      <CategoryField
        value={draft.category}
        onChange={(category) => onChange({ ...draft, category })}
        error={tried && !draft.category ? t("inventory.add.chooseCategory") : undefined}
      />
      <NameField
        category={draft.category}
        value={draft.name}
        onChange={(name) => onChange({ ...draft, name })}
        onEnter={() => void next()}
        error={tried && nameShort ? t("inventory.add.nameShort") : undefined}
      />
      <div className="flex flex-col gap-1.5">
        <p className="text-base font-medium">{t("inventory.delivery.quantity")}</p>
        <Counter
          value={draft.quantity}
          onChange={(quantity) => onChange({ ...draft, quantity })}
          name={t("inventory.delivery.quantity")}
          max={most}
          large
          onEnter={() => void next()}
        />
      </div>
    </Page>
  );
}
