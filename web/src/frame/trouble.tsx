import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { Card } from "../ui/surface";

const goHome = "press inline-flex min-h-12 items-center justify-center rounded-full bg-solid px-5 text-base font-medium text-on-solid";

export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <main className="mx-auto flex max-w-[670px] flex-col gap-3 p-4">
      <Card className="flex flex-col gap-4">
        <h1 className="text-xl">{t("error.title")}</h1>
        <p>{t("error.body")}</p>
        <Failure error={error} />
        <Button look="secondary" onClick={reset}>
          {t("do.retry")}
        </Button>
        <Link to="/dashboard" className={goHome}>
          {t("go.dashboard")}
        </Link>
      </Card>
    </main>
  );
}

export function NotFound() {
  return (
    <main className="mx-auto flex max-w-[670px] flex-col gap-3 p-4">
      <Card className="flex flex-col gap-4">
        <h1 className="text-xl">{t("notFound.title")}</h1>
        <Link to="/dashboard" className={goHome}>
          {t("go.dashboard")}
        </Link>
      </Card>
    </main>
  );
}
