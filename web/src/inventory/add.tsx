import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { say } from "../ui/message";
import { Page } from "../ui/page";
import { act } from "./actions";
import { CategoryField } from "./category-field";
import { CodeToWrite } from "./code-to-write";
import { provision, useItems, useProvision } from "./data";
import { provide, useCodesInHand } from "./lease";
import { NameField } from "./name-field";
import { holderOf } from "./overlay";
import type { AddSearch } from "./search";
import { useDraft } from "./use-draft";

interface Draft {
  category: string;
  name: string;
  step: "what" | "code";
  code: string;
  /** Whether the code is typed, and not one of those in hand. */
  own: boolean;
}

const empty: Draft = { category: "", name: "", step: "what", code: "", own: false };
const halfDay = 12 * 60 * 60_000;

export function AddPage() {
  const search = useSearch({ from: "/partner/tools/tracking/add" });
  const [draft, set, drop] = useDraft("add", empty, halfDay, (kept) => begin(kept, search));
  const navigate = useNavigate();
  const offline = useProvision();

  async function save() {
    const { category, code } = draft;
    await act({ kind: "item.add", category, name: draft.name.trim(), code });
    drop({ ...empty, category });
    if (search.code) await navigate({ to: "/tools/tracking/inventory", replace: true });
  }
  if (draft.step === "what") return <What draft={draft} onChange={set} offline={offline} />;
  return (
    <Code
      draft={draft}
      onChange={set}
      onSave={() => void save()}
      onCancel={() => {
        drop({ ...empty, category: draft.category });
        say(t("inventory.add.cancelled"));
      }}
    />
  );
}

/** A half typed item, with what the page before knows of it. */
function begin(kept: Draft, { category, code }: AddSearch): Draft {
  const draft = category ? { ...kept, category } : kept;
  if (code) return { ...draft, code, own: true, step: "what" };
  return draft.step === "what" ? { ...draft, code: "", own: false } : draft; // a code that was only looked at is forgotten
}

interface StepProps {
  draft: Draft;
  onChange(draft: Draft): void;
}

/** First what it is: the category brings the names. */
function What({ draft, onChange, offline }: StepProps & { offline: boolean }) {
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const inHand = useCodesInHand();
  const nameShort = draft.name.trim().length < 2;
  async function next() {
    setTried(true);
    if (!draft.category || nameShort) return;
    if (draft.own && draft.code) return onChange({ ...draft, step: "code" });
    setBusy(true);
    const codes = inHand?.length ? inHand : await provide(offline ? 0 : provision);
    setBusy(false);
    const code = codes[0]?.code ?? "";
    onChange({ ...draft, step: "code", code, own: code === "" });
  }
  return (
    <Page
      title={t("inventory.addItem")}
      back="/tools/tracking/inventory"
      bottom={
        <Button full data-main-action busy={busy && t("inventory.add.getting")} onClick={() => void next()}>
          {t("inventory.add.show")}
        </Button>
      }
    >
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
    </Page>
  );
}

/** Then its code, which stays on the screen until somebody says that it is written. */
function Code({ draft, onChange, onSave, onCancel }: StepProps & { onSave(): void; onCancel(): void }) {
  const { rows } = useItems();
  const inHand = useCodesInHand() ?? [];
  const [saving, setSaving] = useState(false);
  const holder = rows && holderOf(rows, draft.code);
  const whole = /^\d{4}$/.test(draft.code);
  const next = inHand[0]?.code;
  return (
    <Page
      title={t("inventory.addItem")}
      bottom={
        <>
          <Button
            full
            className="min-h-16 text-xl"
            data-main-action
            disabled={!whole || holder !== undefined}
            busy={saving && t("state.saving")}
            onClick={() => {
              setSaving(true);
              onSave();
            }}
          >
            {t("inventory.add.written")}
          </Button>
          <Button full look="quiet" onClick={onCancel}>
            {t("do.cancel")}
          </Button>
        </>
      }
    >
      <CodeToWrite
        {...draft}
        whole={whole}
        holder={holder?.name}
        none={next === undefined}
        onCode={(code) => onChange({ ...draft, code })}
        onOwn={(own) => onChange({ ...draft, own, code: own ? "" : (next ?? "") })}
        onBack={() => onChange({ ...draft, step: "what" })}
      />
    </Page>
  );
}
