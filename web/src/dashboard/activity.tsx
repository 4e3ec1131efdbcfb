import { useQuery } from "@tanstack/react-query";
import { Boxes, Milk, Refrigerator } from "lucide-react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { ActivityEntry } from "../api/schema";
import { t } from "../i18n";
import { ago, exactTime } from "../i18n/time";
import { Failure } from "../ui/failure";
import { Initials } from "../ui/person";
import { Card, Skeleton } from "../ui/surface";
import { useNow } from "../ui/tick";

const looks = {
  inventory: { icon: Boxes, colour: "text-stone" },
  "milk-count": { icon: Milk, colour: "text-sky" },
  rtde: { icon: Refrigerator, colour: "text-emerald" },
} as const;

/** The last five things that were done in the store. */
export function Activity() {
  const { data, error, refetch } = useQuery({
    queryKey: key("activity"),
    queryFn: () => body(api.GET("/api/activity/recent", { params: { query: { limit: 5 } } })),
  });
  return (
    <section aria-labelledby="activity">
      <h2 id="activity" className="mb-2 px-1 text-lg">
        {t("dashboard.activity")}
      </h2>
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={5} className="h-14" />}
      {data?.activities.length === 0 && <Card className="text-soft">{t("dashboard.noActivity")}</Card>}
      <ul className="flex flex-col gap-1.5">
        {data?.activities.map((entry) => (
          <Entry key={`${entry.tool} ${entry.id}`} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { entry: ActivityEntry }) {
  const now = useNow(30_000);
  const { icon: Icon, colour } = looks[entry.tool as keyof typeof looks] ?? looks.inventory;
  return (
    <li className="flex min-h-14 items-center gap-3 rounded-card border border-line bg-card px-4 py-2">
      <Icon aria-hidden className={`size-5 shrink-0 ${colour}`} />
      <p className="min-w-0 flex-1 truncate">
        {t(`activity.${entry.type as "inventory_add"}`)}{" "}
        <span className="text-soft">{entry.tool === "inventory" ? entry.description : ""}</span>
      </p>
      <Initials name={entry.user_name} />
      <time dateTime={entry.timestamp} title={exactTime(entry.timestamp)} className="text-sm text-soft">
        {ago(entry.timestamp, now)}
      </time>
    </li>
  );
}
