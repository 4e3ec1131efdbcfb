import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, body } from "../api/client";
import { Refused } from "../api/errors";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { explain } from "../ui/failure";
import { PinField, TextField } from "../ui/field";
import { Note } from "../ui/surface";
import { Centred } from "./centred";

/** An account of one's own; by default an admin lets it in. */
export function SignUp() {
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(null);
    try {
      const text = (name: string) => String(form.get(name));
      await body(api.POST("/api/auth/signup", { body: { partner_number: text("username"), name: text("name"), pin: text("pin") } }));
      setDone(true);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }

  const fields = failure instanceof Refused ? failure.fields : {};
  return (
    <Centred title={t("signup.title")} sentence={done ? t("signup.done") : t("signup.sentence")}>
      {!done && (
        <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
          <TextField
            label={t("login.number")}
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
            {t("signup.send")}
          </Button>
        </form>
      )}
      <Link to="/login" className="inline-flex min-h-11 items-center self-center underline">
        {t("signup.toLogin")}
      </Link>
    </Centred>
  );
}
