import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, body, inCookie } from "../api/client";
import { Refused } from "../api/errors";
import { answers } from "../api/queries";
import { enter } from "../api/session";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { explain } from "../ui/failure";
import { PinField, SelectField, TextField } from "../ui/field";
import { Note } from "../ui/surface";
import { Centred } from "./centred";

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = Intl.supportedValuesOf("timeZone");

/** The first minutes of an installation: the store, and its first admin. */
export function Setup() {
  const navigate = useNavigate();
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { data } = useQuery({ queryKey: ["setup"], queryFn: () => body(api.GET("/api/setup")), staleTime: 0 });
  if (data && !data.needed) return <Navigate to="/login" />;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name));
    setBusy(true);
    setFailure(null);
    try {
      const answer = await body(
        api.POST("/api/setup", {
          headers: inCookie,
          body: {
            setup_code: text("code"),
            store_name: text("store"),
            timezone: text("zone"),
            partner_number: text("username"),
            name: text("name"),
            pin: text("pin"),
          },
        }),
      );
      enter(answer.token, answer.user);
      answers.removeQueries({ queryKey: ["setup"] });
      await navigate({ to: "/dashboard" });
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }

  const fields = failure instanceof Refused ? failure.fields : {};
  return (
    <Centred title={t("setup.title")} sentence={t("setup.sentence")}>
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t("setup.code")}
          hint={t("setup.codeHint")}
          name="code"
          defaultValue={location.hash.slice(1)}
          autoComplete="off"
          required
          error={fields.setup_code?.[0]}
        />
        <TextField label={t("setup.store")} name="store" autoComplete="organization" required error={fields.store_name?.[0]} />
        <SelectField label={t("setup.zone")} name="zone" defaultValue={here} error={fields.timezone?.[0]}>
          {(zones.includes(here) ? zones : [here, ...zones]).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </SelectField>
        <h2 className="mt-2 text-xl font-light">{t("setup.admin")}</h2>
        <TextField
          label={t("login.number")}
          hint={t("setup.numberHint")}
          name="username"
          autoComplete="username"
          autoCapitalize="characters"
          required
          error={fields.partner_number?.[0]}
        />
        <TextField label={t("signup.name")} name="name" autoComplete="name" required error={fields.name?.[0]} />
        <PinField label={t("signup.pin")} name="pin" autoComplete="new-password" required error={fields.pin?.[0]} />
        {failure !== null && Object.keys(fields).length === 0 && (
          <Note tone="red" alert>
            {explain(failure)}
          </Note>
        )}
        <Button type="submit" full busy={busy && t("state.saving")}>
          {t("setup.open")}
        </Button>
      </form>
    </Centred>
  );
}
