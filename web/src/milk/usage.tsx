import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { api, body } from "../api/client";
import { answers, key } from "../api/queries";
import type { MilkcountMilkUsage } from "../api/schema";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { businessDate } from "../i18n/time";
import { Button } from "../ui/button";
import { explain, Failure } from "../ui/failure";
import { TextField } from "../ui/field";
import { say, sayFailure } from "../ui/message";
import { Page } from "../ui/page";
import { Card, Empty, Pill, Skeleton } from "../ui/surface";
import { KnownAt } from "./known";
import { decimal } from "./numbers";

const Chart = lazy(() => import("./chart"));

/** How much of each milk goes in a day, and the par that would cover it. */
export function UsagePage() {
  const [range, setRange] = useState<{ from: string; to: string }>({ from: "", to: "" });
  const wrong = range.from !== "" && range.to !== "" && range.from > range.to;
  const asked = { ...(range.from && { from: range.from }), ...(range.to && { to: range.to }) };
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: key("milk", "usage", range.from, range.to),
    queryFn: () => body(api.GET("/api/milk-count/usage", { params: { query: asked } })),
    enabled: !wrong,
    placeholderData: (before) => before,
  });
  return (
    <Page wide title={t("milk.usage")} back="/tools/milk-count">
      <KnownAt at={dataUpdatedAt} />
      <Card className="grid grid-cols-[minmax(0,1fr)] gap-3 min-[480px]:grid-cols-2">
        <TextField
          type="date"
          label={t("milk.from")}
          value={range.from || (data?.from ?? "")}
          error={wrong ? t("milk.wrongRange") : undefined}
          onChange={(event) => setRange({ to: range.to || (data?.to ?? ""), from: event.target.value })}
        />
        <TextField
          type="date"
          label={t("milk.to")}
          value={range.to || (data?.to ?? "")}
          onChange={(event) => setRange({ from: range.from || (data?.from ?? ""), to: event.target.value })}
        />
      </Card>
      {!data && !wrong && (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Skeleton rows={4} className="h-64" />)}
      {data?.milk_types.every((milk) => milk.days.length === 0) && <Empty title={t("milk.noUsage")} />}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-2 lg:grid-cols-2">
        {data?.milk_types.map(
          (milk) => milk.days.length > 0 && <MilkUsage key={milk.milk_type_id} milk={milk} from={data.from} to={data.to} />,
        )}
      </div>
    </Page>
  );
}

function MilkUsage({ milk, from, to }: { milk: MilkcountMilkUsage; from: string; to: string }) {
  const name = milk.milk_type_name;
  return (
    <Card className="flex flex-col gap-3" data-usage={name}>
      <h2 className="text-lg">{name}</h2>
      <dl className="flex flex-wrap gap-x-6 gap-y-2">
        <Fact name={t("milk.mean")}>
          <span className="text-xl font-bold tabular-nums">{milk.mean === null ? "–" : decimal(milk.mean)}</span>
        </Fact>
        <Fact name={t("milk.par")}>
          <Pill className="text-base">{milk.par_value}</Pill>
        </Fact>
        <Fact name={t("milk.suggestedPar")}>
          {milk.suggested_par === null ? (
            <span className="text-soft">{t("milk.needs7Days")}</span>
          ) : (
            <Pill className="text-base">{milk.suggested_par}</Pill>
          )}
        </Fact>
      </dl>
      <Suspense fallback={<div className="h-40" />}>
        <Chart days={milk.days} mean={milk.mean} from={from} to={to} />
      </Suspense>
      <details>
        <summary className="flex min-h-11 cursor-pointer items-center text-soft underline">{t("milk.asTable")}</summary>
        <table className="w-full max-w-sm tabular-nums">
          <caption className="sr-only">{t("milk.usageOf", { milk: name })}</caption>
          <thead>
            <tr className="border-b border-line text-left">
              <th scope="col" className="py-1 font-medium">
                {t("milk.day")}
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                {t("milk.used")}
              </th>
            </tr>
          </thead>
          <tbody>
            {milk.days.map(({ date, used }) => (
              <tr key={date} className="border-b border-line">
                <th scope="row" className="py-1 text-left font-normal">
                  {businessDate(date, { weekday: "short", month: "short", day: "numeric" })}
                </th>
                <td className="py-1 text-right">{used}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <TakeOver milk={milk} />
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-soft">{name}</dt>
      <dd className="min-h-8">{children}</dd>
    </div>
  );
}

/** An admin makes the suggestion the par. */
function TakeOver({ milk }: { milk: MilkcountMilkUsage }) {
  const admin = useSession((s) => s.user?.role === "admin");
  const { milk_type_id: id, milk_type_name: name, par_value: before, suggested_par: suggested } = milk;
  const change = useMutation({
    mutationFn: async (par_value: number) => {
      await body(
        api.PUT("/api/milk-count/admin/par-levels/{milk_type_id}", { params: { path: { milk_type_id: id } }, body: { par_value } }),
      );
      await answers.invalidateQueries({ queryKey: ["milk"] });
    },
    onError: (error) => sayFailure(explain(error)),
  });
  if (!admin || suggested === null || suggested === before) return null;
  return (
    <Button
      look="secondary"
      busy={change.isPending && t("state.saving")}
      onClick={() =>
        change.mutate(suggested, { onSuccess: () => say(t("milk.parTaken", { milk: name, n: suggested }), () => change.mutate(before)) })
      }
    >
      {t("milk.takePar", { milk: name, n: suggested })}
    </Button>
  );
}
