import { api, body } from "../api/client";
import type { IdentityAdminUser, IdentityUserChange } from "../api/schema";
import { session, setUser } from "../api/session";
import { t } from "../i18n";
import { TextField } from "../ui/field";
import { say } from "../ui/message";
import { FormDialog, text } from "./form-dialog";
import { useSave } from "./save";
import { RoleField } from "./user-add";
import { useOwnId } from "./user-parts";

export function UserEdit({ user, onClose }: { user: IdentityAdminUser; onClose(): void }) {
  const own = useOwnId() === user.id;
  const saving = useSave(
    (change: IdentityUserChange) => body(api.PUT("/api/admin/users/{id}", { params: { path: { id: user.id } }, body: change })),
    ["users"],
  );
  const submit = (form: FormData) => {
    const change = { name: text(form, "name"), ...(!own && { role: text(form, "role") }) };
    saving.save(change, (answer) => {
      const me = session().user;
      if (own && me) setUser({ ...me, name: answer.user.name });
      say(t("admin.edit.done", { name: answer.user.name }));
      onClose();
    });
  };
  return (
    <FormDialog
      title={t("admin.edit.title", { name: user.name })}
      sentence={user.partner_number}
      action={t("do.save")}
      saving={saving}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t("admin.users.name")} name="name" autoComplete="off" defaultValue={user.name} error={saving.fields.name?.[0]} />
      <RoleField value={user.role} locked={own} error={saving.fields.role?.[0]} />
    </FormDialog>
  );
}
