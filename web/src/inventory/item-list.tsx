import { useState } from "react";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { useNow } from "../ui/tick";
import { ItemCard } from "./item-card";
import type { Row } from "./overlay";

const page = 50;

/** Cards, the newest first; as many as a phone draws at once. */
export function ItemList({ rows }: { rows: readonly Row[] }) {
  const [most, setMost] = useState(page);
  const [opened, setOpened] = useState<string | null>(null);
  const now = useNow(60_000);
  const active = rows.filter((row) => row.state === "active").length;
  const left = rows.length - most;
  return (
    <>
      <p role="status" className="px-1 text-base text-soft">
        {t("inventory.shown", { n: active })}
      </p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2 md:grid-cols-2 lg:grid-cols-3">
        {rows.slice(0, most).map((row) => (
          <li key={row.id}>
            <ItemCard row={row} now={now} open={opened === row.id} onOpen={(open) => setOpened(open ? row.id : null)} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button look="secondary" onClick={() => setMost(most + page)}>
          {t("inventory.more", { n: Math.min(left, page) })}
        </Button>
      )}
    </>
  );
}
