import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import { t } from "../i18n";
import { businessDate } from "../i18n/time";
import { Note } from "../ui/surface";
import { secondaryLink } from "./known";

/** The last count, where nobody has finished it. */
export function Unfinished({ except }: { except: string | undefined }) {
  const { data } = useQuery({
    queryKey: key("milk", "latest"),
    queryFn: () => body(api.GET("/api/milk-count/history", { params: { query: { limit: 1 } } })),
  });
  const session = data?.sessions[0];
  if (!session || session.status === "completed" || session.id === except) return null;
  return (
    <Note tone="amber" className="flex flex-wrap items-center justify-between gap-2">
      <p>{t("milk.unfinished", { date: businessDate(session.date) })}</p>
      <Link to="/tools/milk-count" search={{ session: session.id }} className={secondaryLink}>
        {t(`milk.next.${session.status}`)}
      </Link>
    </Note>
  );
}
