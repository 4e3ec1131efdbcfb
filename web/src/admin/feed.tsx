import { Link } from "@tanstack/react-router";
import type { AuditEntry } from "../api/schema";
import { t } from "../i18n";
import { ago, exactTime } from "../i18n/time";
import { Failure } from "../ui/failure";
import { Initials } from "../ui/person";
import { Card, Skeleton } from "../ui/surface";
import { useNow } from "../ui/tick";
import { ChangeIcon } from "./change-icon";
import { authorOf, titleOf, useChanges } from "./changes";

const length = 8;

/** The last things that admins changed. */
export function Feed() {
  const { data, error, refetch } = useChanges();
  return (
    <section aria-labelledby="feed">
      <div className="mb-1 flex items-center justify-between px-1">
        <h2 id="feed" className="text-lg">
          {t("admin.feed")}
        </h2>
        <Link to="/admin/audit" className="inline-flex min-h-11 items-center underline">
          {t("admin.feed.all")}
        </Link>
      </div>
      {!data && !error && <Skeleton rows={length} className="h-14" />}
      {!data && error && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.activities.length === 0 && <Card className="text-soft">{t("admin.feed.empty")}</Card>}
      <ul aria-labelledby="feed" className="flex flex-col gap-1.5">
        {data?.activities.slice(0, length).map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Line({ entry }: { entry: AuditEntry }) {
  const now = useNow(30_000);
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-card px-4 py-2">
      <ChangeIcon type={entry.type} />
      <p className="min-w-[min(9rem,100%)] flex-1">
        {titleOf(entry)} <span className="text-soft">{entry.description}</span>
      </p>
      <Initials name={authorOf(entry)} />
      <time dateTime={entry.timestamp} title={exactTime(entry.timestamp)} className="text-sm text-soft">
        {ago(entry.timestamp, now)}
      </time>
    </li>
  );
}
