import { useState } from "react";
import { api, body } from "../api/client";
import type { IdentityCreateUser } from "../api/schema";
import { t } from "../i18n";
import { PinField, SelectField, TextField } from "../ui/field";
import { say } from "../ui/message";
import { FormDialog, text } from "./form-dialog";
import { useSave } from "./save";

/** A new partner, active at once. */
export function UserAdd({ onClose }: { onClose(): void }) {
  const [differs, setDiffers] = useState(false);
  const saving = useSave((user: IdentityCreateUser) => body(api.POST("/api/admin/users", { body: user })), ["users"]);
  const submit = (form: FormData) => {
    const different = text(form, "pin") !== text(form, "confirm");
    setDiffers(different);
    if (different) return saving.forget();
    const user = { partner_number: text(form, "number"), name: text(form, "name"), pin: text(form, "pin"), role: text(form, "role") };
    saving.save(user, (answer) => {
      say(t("admin.add.done", { name: answer.user.name }));
      onClose();
    });
  };
  return (
    <FormDialog
      title={t("admin.users.add")}
      sentence={t("admin.add.sentence")}
      action={t("admin.users.add")}
      saving={saving}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t("admin.users.number")}
        name="number"
        autoComplete="off"
        autoCapitalize="characters"
        className="uppercase"
        error={saving.fields.partner_number?.[0]}
      />
      <TextField label={t("admin.users.name")} name="name" autoComplete="off" autoCapitalize="words" error={saving.fields.name?.[0]} />
      <PinField label={t("admin.add.pin")} name="pin" autoComplete="new-password" error={saving.fields.pin?.[0]} />
      <PinField
        label={t("admin.add.confirm")}
        name="confirm"
        autoComplete="new-password"
        error={differs ? t("admin.add.differs") : undefined}
      />
      <RoleField error={saving.fields.role?.[0]} />
    </FormDialog>
  );
}

export function RoleField({ value = "staff", error, locked }: { value?: string; error?: string | undefined; locked?: boolean }) {
  return (
    <SelectField
      label={t("admin.users.role")}
      hint={t(locked ? "admin.edit.ownRole" : "admin.role.hint")}
      name="role"
      defaultValue={value}
      disabled={locked}
      error={error}
    >
      <option value="staff">{t("admin.role.staff")}</option>
      <option value="admin">{t("admin.role.admin")}</option>
    </SelectField>
  );
}
