import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "../api/client";
import type { IdentityAdminUser } from "../api/schema";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { TextField } from "../ui/field";
import { FormDialog } from "./form-dialog";
import { randomPin } from "./pin";
import { useSave } from "./save";
import { useOwnId } from "./user-parts";

interface Props {
  user: IdentityAdminUser;
  onClose(): void;
}

/** A new PIN for whoever has forgotten theirs: typed or drawn, and shown once. */
export function UserPin({ user, onClose }: Props) {
  const own = useOwnId() === user.id;
  const [given, setGiven] = useState("");
  if (own) return <OwnPin onClose={onClose} />;
  if (given) return <GivenPin name={user.name} pin={given} onClose={onClose} />;
  return <PinForm user={user} onGiven={setGiven} onClose={onClose} />;
}

function PinForm({ user, onGiven, onClose }: Props & { onGiven(pin: string): void }) {
  const [pin, setPin] = useState("");
  const saving = useSave(
    (pin: string) => body(api.PUT("/api/admin/users/{id}/pin", { params: { path: { id: user.id } }, body: { pin } })),
    ["users"],
  );
  return (
    <FormDialog
      title={t("admin.pin.title", { name: user.name })}
      sentence={t("admin.pin.sentence")}
      action={t("admin.pin.give")}
      saving={saving}
      onSubmit={() => saving.save(pin, () => onGiven(pin))}
      onClose={onClose}
    >
      <TextField
        label={t("admin.add.pin")}
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        className="text-center font-mono text-2xl font-bold tracking-widest"
        value={pin}
        onChange={(event) => setPin(event.target.value.replace(/\D/g, ""))}
        error={saving.fields.pin?.[0]}
      />
      <Button look="secondary" onClick={() => setPin(randomPin())}>
        {t("admin.pin.draw")}
      </Button>
    </FormDialog>
  );
}

function GivenPin({ name, pin, onClose }: { name: string; pin: string; onClose(): void }) {
  return (
    <Dialog
      open
      firm
      onClose={onClose}
      title={t("admin.pin.now", { name })}
      actions={<Button onClick={onClose}>{t("admin.pin.told")}</Button>}
    >
      <output className="py-4 text-center font-mono text-6xl font-bold tracking-widest tabular-nums" aria-label={[...pin].join(" ")}>
        {pin}
      </output>
      <p className="text-center">{t("admin.pin.once")}</p>
    </Dialog>
  );
}

function OwnPin({ onClose }: { onClose(): void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("admin.pin")}
      sentence={t("admin.pin.own")}
      actions={
        <>
          <Link
            to="/settings"
            className="press inline-flex min-h-12 items-center justify-center rounded-full bg-solid px-5 py-2 text-base font-medium text-on-solid"
          >
            {t("go.settings")}
          </Link>
          <Button look="quiet" onClick={onClose}>
            {t("do.close")}
          </Button>
        </>
      }
    />
  );
}
