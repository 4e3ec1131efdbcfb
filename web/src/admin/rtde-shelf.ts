import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../api/client";
import { answers, key } from "../api/queries";
import type { RtdeItem, RtdeItems } from "../api/schema";
import { t } from "../i18n";
import { explain } from "../ui/failure";
import { say, sayFailure } from "../ui/message";
import { arrange, moveTo } from "./rtde-order";
import { useSave } from "./save";

const itemsKey = () => key("rtde", "admin-items");

const placed = (ids: readonly string[]) => ids.map((id, at) => ({ id, display_order: at + 1 }));

const idsOf = (items: readonly RtdeItem[]) => items.map(({ id }) => id);

/** The items of the display, in an order that is saved when it is done. */
export function useShelf() {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: itemsKey(),
    queryFn: () => body(api.GET("/api/rtde/admin/items", { params: { query: { include_inactive: true } } })),
    staleTime: 0, // the copy that the phone kept may lack what was changed last
  });
  const [order, setOrder] = useState<string[] | null>(null);
  const items = data && arrange(data.items, order);
  const saving = useSave(
    (ids: string[]) => body(api.PUT("/api/rtde/admin/items/reorder", { body: { item_orders: placed(ids) } })),
    ["rtde"],
  );

  function save(then = () => {}) {
    const ids = idsOf(items ?? []);
    const saved = () => {
      answers.setQueryData<RtdeItems>(itemsKey(), (known) => known && inOrder(known, ids));
      setOrder(null);
      say(t("rtde.admin.orderSaved"));
      then();
    };
    saving.save(ids, saved, (failure) => sayFailure(explain(failure)));
  }

  return {
    items,
    error,
    asOf: dataUpdatedAt,
    reload: () => void refetch(),
    move: (seen: readonly RtdeItem[], id: string, to: number) => setOrder(moveTo(idsOf(items ?? []), idsOf(seen), id, to)),
    unsaved: order !== null,
    save,
    discard: () => setOrder(null),
    busy: saving.busy,
  };
}

function inOrder(known: RtdeItems, ids: readonly string[]): RtdeItems {
  return { ...known, items: arrange(known.items, ids).map((item, at) => ({ ...item, display_order: at + 1 })) };
}
