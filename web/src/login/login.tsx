import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, body } from "../api/client";
import { session } from "../api/session";
import { t } from "../i18n";
import { countdown } from "../i18n/time";
import { Button } from "../ui/button";
import { PinField, TextField } from "../ui/field";
import { Note } from "../ui/surface";
import { Centred } from "./centred";
import { Others } from "./others";
import { useLogin } from "./use-login";

export function Login() {
  const { to } = useSearch({ from: "/login" });
  const navigate = useNavigate();
  const { logIn, failure, wait, busy } = useLogin();
  const [number, setNumber] = useState("");
  const { data } = useQuery({ queryKey: ["setup"], queryFn: () => body(api.GET("/api/setup")), staleTime: 0 });
  if (data?.needed) return <Navigate to="/setup" />;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (await logIn(number, String(form.get("pin")))) await navigate({ href: inside(to) });
  }

  return (
    <Centred title={t("login.welcome")}>
      {session().standing === "guest" && <Others />}
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t("login.number")}
          name="username"
          autoComplete="username"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          autoFocus
          required
          value={number}
          onChange={(event) => setNumber(event.target.value.toUpperCase())}
        />
        <PinField label={t("login.pin")} name="pin" autoComplete="current-password" required />
        {wait > 0 ? (
          <Note alert>{t("login.throttled", { time: countdown(wait) })}</Note>
        ) : (
          failure && (
            <Note tone="red" alert>
              {failure}
            </Note>
          )
        )}
        <Button type="submit" full disabled={wait > 0} busy={busy && t("login.busy")}>
          {t("login.logIn")}
        </Button>
      </form>
      <p className="text-sm text-soft">{t("login.forgot")}</p>
      <Link to="/signup" className="inline-flex min-h-11 items-center self-center underline">
        {t("login.signUp")}
      </Link>
    </Centred>
  );
}

/** A page of this app; nothing else is gone to after a login. */
function inside(to: string | undefined): string {
  const target = new URL(to ?? "/dashboard", location.origin);
  return target.origin === location.origin ? target.pathname + target.search : "/dashboard";
}
