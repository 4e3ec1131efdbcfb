import { api, body } from "../api/client";
import type { StoresNewStore, StoresStore } from "../api/schema";
import { t } from "../i18n";
import { SelectField, TextField } from "../ui/field";
import { say } from "../ui/message";
import { FormDialog, text } from "./form-dialog";
import { useSave } from "./save";

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = Intl.supportedValuesOf("timeZone");

export function StoreAdd({ onClose }: { onClose(): void }) {
  const saving = useSave((store: StoresNewStore) => body(api.POST("/api/stores", { body: store })), ["stores"]);
  const submit = (form: FormData) => {
    const { business_day_start, morning_count_cutoff, ...rest } = entered(form);
    // What is left out is as the server is set.
    const store = { ...rest, ...(business_day_start && { business_day_start }), ...(morning_count_cutoff && { morning_count_cutoff }) };
    saving.save(store, (answer) => {
      say(t("admin.store.added", { name: answer.store.name }));
      onClose();
    });
  };
  return (
    <FormDialog
      title={t("admin.store.add")}
      sentence={t("admin.store.addSentence")}
      action={t("admin.store.add")}
      saving={saving}
      onSubmit={submit}
      onClose={onClose}
    >
      <Fields fields={saving.fields} />
    </FormDialog>
  );
}

export function StoreEdit({ store, onClose }: { store: StoresStore; onClose(): void }) {
  const saving = useSave(
    (change: StoresNewStore) => body(api.PUT("/api/stores/{id}", { params: { path: { id: store.id } }, body: change })),
    ["stores", "milk"],
  );
  const submit = (form: FormData) =>
    saving.save(entered(form), (answer) => {
      say(t("admin.store.saved", { name: answer.store.name }));
      onClose();
    });
  return (
    <FormDialog
      title={t("admin.store.edit", { name: store.name })}
      action={t("do.save")}
      saving={saving}
      onSubmit={submit}
      onClose={onClose}
    >
      <Fields store={store} fields={saving.fields} />
    </FormDialog>
  );
}

function entered(form: FormData) {
  return {
    name: text(form, "name"),
    number: text(form, "number"),
    timezone: text(form, "zone"),
    business_day_start: text(form, "dayStart"),
    morning_count_cutoff: text(form, "cutoff"),
  };
}

function Fields({ store, fields }: { store?: StoresStore; fields: Record<string, string[]> }) {
  const zone = store?.timezone ?? here;
  return (
    <>
      <TextField label={t("admin.store.name")} name="name" autoComplete="off" defaultValue={store?.name} error={fields.name?.[0]} />
      <TextField label={t("admin.store.number")} name="number" autoComplete="off" defaultValue={store?.number} error={fields.number?.[0]} />
      <SelectField label={t("admin.store.zone")} name="zone" defaultValue={zone} error={fields.timezone?.[0]}>
        {(zones.includes(zone) ? zones : [zone, ...zones]).map((one) => (
          <option key={one} value={one}>
            {one.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      <TextField
        type="time"
        label={t("admin.store.dayStart")}
        hint={t("admin.store.dayStartHint")}
        name="dayStart"
        defaultValue={store?.business_day_start ?? "04:00"}
        error={fields.business_day_start?.[0]}
      />
      <TextField
        type="time"
        label={t("admin.store.cutoff")}
        hint={t("admin.store.cutoffHint")}
        name="cutoff"
        defaultValue={store?.morning_count_cutoff ?? "15:00"}
        error={fields.morning_count_cutoff?.[0]}
      />
    </>
  );
}
