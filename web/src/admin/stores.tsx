import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { StoresStore } from "../api/schema";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Badge, Card, Pill, Skeleton } from "../ui/surface";
import { AsOf } from "./as-of";
import { StoreAdd, StoreEdit } from "./store-form";

export function StoresPage() {
  const owner = useSession((s) => s.user?.is_owner ?? false);
  const [task, setTask] = useState<"add" | StoresStore | null>(null);
  const { data, error, refetch, dataUpdatedAt } = useQuery({ queryKey: key("stores"), queryFn: () => body(api.GET("/api/stores")) });
  const close = () => setTask(null);
  return (
    <Page
      title={t("admin.card.stores", { n: data?.stores.length ?? 1 })}
      back="/admin"
      bottom={
        owner && (
          <Button look="secondary" full data-main-action onClick={() => setTask("add")}>
            {t("admin.store.add")}
          </Button>
        )
      }
    >
      <AsOf time={dataUpdatedAt} />
      {!data && !error && <Skeleton rows={1} className="h-72" />}
      {!data && error && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.stores.map((store) => (
        <StoreCard key={store.id} store={store} alone={data.stores.length === 1} onEdit={owner ? () => setTask(store) : undefined} />
      ))}
      {data && !owner && <p className="px-2 text-soft">{t("admin.store.readOnly")}</p>}
      {task === "add" && <StoreAdd onClose={close} />}
      {task && task !== "add" && <StoreEdit store={task} onClose={close} />}
    </Page>
  );
}

function StoreCard({ store, alone, onEdit }: { store: StoresStore; alone: boolean; onEdit: (() => void) | undefined }) {
  const facts = [
    [t("admin.store.zone"), store.timezone.replaceAll("_", " ")],
    [t("admin.store.dayStart"), store.business_day_start],
    [t("admin.store.cutoff"), store.morning_count_cutoff],
  ];
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-xl">{store.name}</h2>
        <Pill>{store.number}</Pill>
        {store.is_home && !alone && <Badge tone="amber">{t("admin.store.home")}</Badge>}
      </div>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-2 sm:grid-cols-2">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm text-soft">{name}</dt>
            <dd className="text-lg tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {onEdit && (
        <Button look="secondary" aria-label={t("admin.store.edit", { name: store.name })} onClick={onEdit}>
          {t("do.edit")}
        </Button>
      )}
    </Card>
  );
}
