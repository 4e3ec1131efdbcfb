import { useState } from "react";
import { api, body } from "../api/client";
import type { RtdeItem, RtdeNewItem } from "../api/schema";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { say } from "../ui/message";
import { FormDialog, text } from "./form-dialog";
import { useSave } from "./save";

const read = (form: FormData): RtdeNewItem => ({
  name: text(form, "name"),
  brand: text(form, "brand"),
  icon: text(form, "icon"),
  par_level: Number(text(form, "par")),
});

/** A new item, at the end of the display. */
export function RtdeItemAdd({ onClose }: { onClose(): void }) {
  const saving = useSave((item: RtdeNewItem) => body(api.POST("/api/rtde/admin/items", { body: item })), ["rtde"]);
  return (
    <FormDialog
      title={t("rtde.admin.add")}
      action={t("rtde.admin.add")}
      saving={saving}
      onClose={onClose}
      onSubmit={(form) =>
        saving.save(read(form), ({ item }) => {
          say(t("rtde.admin.added", { name: item.name }));
          onClose();
        })
      }
    >
      <Fields errors={saving.fields} />
    </FormDialog>
  );
}

interface EditProps {
  item: RtdeItem;
  onClose(): void;
  onDelete(): void;
}

export function RtdeItemEdit({ item, onClose, onDelete }: EditProps) {
  const saving = useSave(
    (change: RtdeNewItem) => body(api.PUT("/api/rtde/admin/items/{id}", { params: { path: { id: item.id } }, body: change })),
    ["rtde"],
  );
  return (
    <FormDialog
      title={t("rtde.admin.edit")}
      sentence={item.name}
      action={t("do.save")}
      saving={saving}
      onClose={onClose}
      onSubmit={(form) =>
        saving.save({ ...read(form), active: form.has("active") }, ({ item }) => {
          say(t("rtde.admin.saved", { name: item.name }));
          onClose();
        })
      }
    >
      <Fields item={item} errors={saving.fields} />
      <label className="flex min-h-12 items-center gap-3">
        <input type="checkbox" name="active" defaultChecked={item.active} className="size-6 accent-solid" />
        {t("rtde.admin.active")}
      </label>
      <Button look="secondary" className="text-red" disabled={saving.busy} onClick={onDelete}>
        {t("rtde.admin.delete")}
      </Button>
    </FormDialog>
  );
}

function Fields({ item, errors }: { item?: RtdeItem; errors: Record<string, string[]> }) {
  const [par, setPar] = useState(String(item?.par_level ?? ""));
  return (
    <>
      <TextField label={t("rtde.admin.name")} name="name" autoComplete="off" defaultValue={item?.name} error={errors.name?.[0]} />
      <TextField label={t("rtde.admin.brand")} name="brand" autoComplete="off" defaultValue={item?.brand ?? ""} error={errors.brand?.[0]} />
      <TextField
        label={t("rtde.admin.icon")}
        name="icon"
        autoComplete="off"
        hint={t("rtde.admin.iconHint")}
        defaultValue={item?.icon ?? ""}
        error={errors.icon?.[0]}
      />
      <TextField
        label={t("rtde.admin.par")}
        name="par"
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        value={par}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setPar(event.target.value.replace(/\D/g, ""))}
        error={errors.par_level?.[0]}
      />
    </>
  );
}
