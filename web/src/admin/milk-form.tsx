import { useState } from "react";
import { api, body } from "../api/client";
import type { MilkcountMilkType, MilkcountMilkTypeChange, MilkcountNewMilkType } from "../api/schema";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { SelectField, TextField } from "../ui/field";
import { say } from "../ui/message";
import { FormDialog, text } from "./form-dialog";
import { useSave } from "./save";

/** A new milk, at the end of its section. */
export function MilkAdd({ onClose }: { onClose(): void }) {
  const saving = useSave((milk: MilkcountNewMilkType) => body(api.POST("/api/milk-count/admin/milk-types", { body: milk })), ["milk"]);
  const submit = (form: FormData) => {
    const milk = { name: text(form, "name"), category: text(form, "category"), par_value: Number(text(form, "par") || 0) };
    saving.save(milk, () => {
      say(t("admin.milk.added", { name: milk.name }));
      onClose();
    });
  };
  return (
    <FormDialog title={t("admin.milk.add")} action={t("admin.milk.add")} saving={saving} onSubmit={submit} onClose={onClose}>
      <TextField label={t("admin.milk.name")} name="name" autoComplete="off" error={saving.fields.name?.[0]} />
      <SelectField label={t("admin.milk.category")} name="category" error={saving.fields.category?.[0]}>
        <option value="dairy">{t("admin.milk.dairy")}</option>
        <option value="non_dairy">{t("admin.milk.non_dairy")}</option>
      </SelectField>
      <ParField error={saving.fields.par_value?.[0]} />
    </FormDialog>
  );
}

function ParField({ error }: { error: string | undefined }) {
  const [par, setPar] = useState("0");
  return (
    <TextField
      label={t("admin.milk.par")}
      name="par"
      inputMode="numeric"
      autoComplete="off"
      maxLength={3}
      value={par}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setPar(event.target.value.replace(/\D/g, ""))}
      error={error}
    />
  );
}

/** Another name for a milk; hides it, or shows it again. */
export function MilkEdit({ milk, onClose }: { milk: MilkcountMilkType; onClose(): void }) {
  const saving = useSave(
    (change: MilkcountMilkTypeChange) =>
      body(api.PUT("/api/milk-count/admin/milk-types/{id}", { params: { path: { id: milk.id } }, body: change })),
    ["milk"],
  );
  const finish = (said: string) => () => {
    say(said);
    onClose();
  };
  const toggle = () =>
    saving.save({ active: !milk.active }, finish(t(milk.active ? "admin.milk.nowHidden" : "admin.milk.nowShown", { name: milk.name })));
  const rename = (form: FormData) => {
    const name = text(form, "name").trim();
    saving.save({ name }, finish(t("admin.milk.renamed", { name })));
  };
  return (
    <FormDialog title={t("admin.milk.edit", { name: milk.name })} action={t("do.save")} saving={saving} onSubmit={rename} onClose={onClose}>
      <TextField label={t("admin.milk.name")} name="name" autoComplete="off" defaultValue={milk.name} error={saving.fields.name?.[0]} />
      <Button look="secondary" disabled={saving.busy} onClick={toggle}>
        {t(milk.active ? "admin.milk.hide" : "admin.milk.show")}
      </Button>
    </FormDialog>
  );
}
