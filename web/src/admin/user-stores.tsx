import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { IdentityAdminUser, IdentityMember, IdentityUserStores, StoresStore } from "../api/schema";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { SelectField } from "../ui/field";
import { say } from "../ui/message";
import { Note, Skeleton } from "../ui/surface";
import { FormDialog } from "./form-dialog";
import { useSave } from "./save";

interface Props {
  user: IdentityAdminUser;
  onClose(): void;
}

/** In which stores somebody works. */
export function UserStores({ user, onClose }: Props) {
  const member = useQuery({
    queryKey: key("member", user.id),
    queryFn: () => body(api.GET("/api/admin/users/{id}", { params: { path: { id: user.id } } })),
    gcTime: 0, // only what the server says now is a good start for a change
  });
  const all = useQuery({ queryKey: key("stores"), queryFn: () => body(api.GET("/api/stores")) });
  const error = member.error ?? all.error;
  if (member.data && all.data) return <StoresForm member={member.data.user} stores={all.data.stores} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("admin.stores.title", { name: user.name })}
      actions={
        <Button look="quiet" onClick={onClose}>
          {t("do.close")}
        </Button>
      }
    >
      {error ? <Failure error={error} /> : <Skeleton rows={2} className="h-12" />}
    </Dialog>
  );
}

function StoresForm({ member, stores, onClose }: { member: IdentityMember; stores: StoresStore[]; onClose(): void }) {
  const [chosen, setChosen] = useState(member.store_ids);
  const [home, setHome] = useState(member.home_store_id ?? "");
  const [none, setNone] = useState(false);
  const saving = useSave(
    (change: IdentityUserStores) => body(api.PUT("/api/admin/users/{id}/stores", { params: { path: { id: member.id } }, body: change })),
    ["users"],
  );
  const toggle = (id: string, works: boolean) => {
    const next = works ? [...chosen, id] : chosen.filter((one) => one !== id);
    setChosen(next);
    if (!next.includes(home)) setHome(next[0] ?? "");
  };
  const submit = () => {
    setNone(chosen.length === 0);
    if (chosen.length === 0) return;
    saving.save({ store_ids: chosen, home_store_id: home }, () => {
      say(t("admin.stores.done", { name: member.name }));
      onClose();
    });
  };
  return (
    <FormDialog
      title={t("admin.stores.title", { name: member.name })}
      action={t("do.save")}
      saving={saving}
      onSubmit={submit}
      onClose={onClose}
    >
      <fieldset>
        <legend className="font-medium">{t("admin.stores.member")}</legend>
        {stores.map((store) => (
          <label key={store.id} className="flex min-h-12 items-center gap-3">
            <input
              type="checkbox"
              className="size-6 accent-solid"
              checked={chosen.includes(store.id)}
              onChange={(event) => toggle(store.id, event.target.checked)}
            />
            {store.name} ({store.number})
          </label>
        ))}
      </fieldset>
      {none && (
        <Note tone="red" alert>
          {t("admin.stores.atLeastOne")}
        </Note>
      )}
      <SelectField
        label={t("admin.stores.home")}
        value={home}
        onChange={(event) => setHome(event.target.value)}
        error={saving.fields.home_store_id?.[0] ?? saving.fields.store_ids?.[0]}
      >
        {stores
          .filter((store) => chosen.includes(store.id))
          .map((store) => (
            <option key={store.id} value={store.id}>
              {store.name}
            </option>
          ))}
      </SelectField>
    </FormDialog>
  );
}
