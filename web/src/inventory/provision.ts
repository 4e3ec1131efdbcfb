import { api, body } from "../api/client";
import { answers, key } from "../api/queries";
import { provide } from "./lease";

const codes = 5;

/** Packs what is needed below ground, while there is reception: codes to write, and the list. */
export async function pack() {
  await Promise.all([
    provide(codes),
    answers.prefetchQuery({ queryKey: key("items"), queryFn: () => body(api.GET("/api/tracking/items")) }),
  ]);
}
