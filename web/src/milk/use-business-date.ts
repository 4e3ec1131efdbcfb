import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import { useSession } from "../api/session";
import { useNow } from "../ui/tick";
import { businessDateAt } from "./business-day";

/** The date that the store counts now; null until its clock is known. */
export function useBusinessDate(): string | null {
  const { data } = useQuery({ queryKey: key("stores"), queryFn: () => body(api.GET("/api/stores")) });
  const storeId = useSession((s) => s.storeId);
  const now = useNow(60_000);
  const store = data?.stores.find((one) => (storeId ? one.id === storeId : one.is_home));
  return store ? businessDateAt(now, store) : null;
}
