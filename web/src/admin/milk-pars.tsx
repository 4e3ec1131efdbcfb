import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { MilkcountMilkType } from "../api/schema";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Skeleton } from "../ui/surface";
import { AsOf } from "./as-of";
import { MilkAdd } from "./milk-form";
import { inOrder } from "./milk-order";
import { MilkTypes } from "./milk-types";
import { milksKey, sections } from "./milks";
import { ParRow } from "./par-row";
import { Shelf } from "./shelf";

export function MilkParsPage() {
  const [adding, setAdding] = useState(false);
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: milksKey(),
    queryFn: () => body(api.GET("/api/milk-count/admin/milk-types", { params: { query: { include_inactive: true } } })),
  });
  const milks = data && inOrder(data.milk_types);
  return (
    <Page
      title={t("admin.milk.title")}
      back="/admin"
      bottom={
        <Button full data-main-action onClick={() => setAdding(true)}>
          {t("admin.milk.add")}
        </Button>
      }
    >
      <AsOf time={dataUpdatedAt} />
      {!milks && !error && <Skeleton rows={9} className="h-16" />}
      {!milks && error && <Failure error={error} onRetry={() => void refetch()} />}
      {milks && <Pars milks={milks.filter((one) => one.active)} />}
      {milks && <MilkTypes milks={milks} />}
      {adding && <MilkAdd onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Pars({ milks }: { milks: MilkcountMilkType[] }) {
  const { data } = useQuery({ queryKey: key("milk", "pars"), queryFn: () => body(api.GET("/api/milk-count/admin/par-levels")) });
  return (
    <section aria-labelledby="pars">
      <h2 id="pars" className="px-2 pt-2 text-xl">
        {t("admin.milk.pars")}
      </h2>
      <p className="px-2 pb-2 text-soft">{t("admin.milk.parsHow")}</p>
      {sections.map((section) => (
        <Shelf key={section} title={t(`admin.milk.${section}`)}>
          {milks
            .filter((one) => one.category === section)
            .map((milk) => (
              <ParRow key={milk.id} milk={milk} par={data?.par_levels.find((one) => one.milk_type_id === milk.id)} />
            ))}
        </Shelf>
      ))}
    </section>
  );
}
