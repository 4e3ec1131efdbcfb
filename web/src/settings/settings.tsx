import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, body } from "../api/client";
import { Refused } from "../api/errors";
import { answers, key } from "../api/queries";
import { chooseStore, useSession } from "../api/session";
import { useOffline } from "../frame/connection";
import { type Language, languages, speak, t, useLanguage } from "../i18n";
import { usePending } from "../queue/use";
import { logOut } from "../session/log-out";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { explain } from "../ui/failure";
import { PinField, SelectField } from "../ui/field";
import { say } from "../ui/message";
import { Page } from "../ui/page";
import { Card, Note } from "../ui/surface";
import { InstallButton } from "./install";

export function SettingsPage() {
  const user = useSession((s) => s.user);
  return (
    <Page title={t("settings.title")} back="/dashboard">
      <Card>
        <p className="text-lg">{user?.name}</p>
        <p className="text-soft">{t(user?.role === "admin" ? "settings.admin" : "settings.staff")}</p>
      </Card>
      <ConnectionCard />
      <StoreCard />
      <LanguageCard />
      <PinCard />
      <InstallButton />
      <LogOutCard />
    </Page>
  );
}

function ConnectionCard() {
  const offline = useOffline();
  const pending = usePending();
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3">
      <div>
        <h2 className="font-medium">{t("settings.connection")}</h2>
        <p className="text-soft">{t(offline ? "settings.offline" : "settings.online")}</p>
      </div>
      <Link to="/settings/changes" className="press inline-flex min-h-12 items-center rounded-full border border-strong-line px-4">
        {t("settings.changes", { n: pending.length })}
      </Link>
    </Card>
  );
}

function StoreCard() {
  const { data } = useQuery({ queryKey: key("stores"), queryFn: () => body(api.GET("/api/stores")) });
  const storeId = useSession((s) => s.storeId);
  const stores = data?.stores ?? [];
  if (stores.length < 2) return null;
  const current = storeId ?? stores.find((one) => one.is_home)?.id ?? "";
  return (
    <Card>
      <SelectField
        label={t("settings.store")}
        value={current}
        onChange={(event) => {
          const chosen = stores.find((one) => one.id === event.target.value);
          if (!chosen) return;
          chooseStore(chosen.is_home ? null : chosen.id);
          void answers.invalidateQueries();
          say(t("settings.storeChosen", { name: chosen.name }));
        }}
      >
        {stores.map((store) => (
          <option key={store.id} value={store.id}>
            {store.name}
          </option>
        ))}
      </SelectField>
    </Card>
  );
}

function LanguageCard() {
  const language = useLanguage((s) => s.language);
  return (
    <Card>
      <SelectField label={t("settings.language")} value={language} onChange={(event) => void speak(event.target.value as Language, true)}>
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </SelectField>
    </Card>
  );
}

function PinCard() {
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  async function change(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const [current_pin, new_pin] = [String(fields.get("current")), String(fields.get("new"))];
    setBusy(true);
    setFailure(null);
    try {
      await body(api.PUT("/api/auth/pin", { body: { current_pin, new_pin } }));
      form.reset();
      say(t("settings.pinChanged"));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }
  const fields = failure instanceof Refused ? failure.fields : {};
  return (
    <Card>
      <form className="flex flex-col gap-3" onSubmit={(event) => void change(event)}>
        <h2 className="font-medium">{t("settings.pin")}</h2>
        <PinField
          label={t("settings.currentPin")}
          name="current"
          autoComplete="current-password"
          required
          error={fields.current_pin?.[0]}
        />
        <PinField label={t("settings.newPin")} name="new" autoComplete="new-password" required error={fields.new_pin?.[0]} />
        {failure !== null && Object.keys(fields).length === 0 && (
          <Note tone="red" alert>
            {explain(failure)}
          </Note>
        )}
        <Button type="submit" look="secondary" busy={busy && t("state.saving")}>
          {t("settings.changePin")}
        </Button>
      </form>
    </Card>
  );
}

function LogOutCard() {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const waiting = usePending().length;
  async function leave() {
    await logOut();
    await navigate({ to: "/login" });
  }
  return (
    <>
      <Button look="secondary" className="mt-2" onClick={() => (waiting > 0 ? setAsking(true) : void leave())}>
        {t("settings.logOut")}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("settings.logOutAsk")}
        sentence={t("settings.logOutWaiting", { n: waiting })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("settings.stay")}</Button>
            <Button look="secondary" onClick={() => void leave()}>
              {t("settings.logOut")}
            </Button>
          </>
        }
      />
    </>
  );
}
