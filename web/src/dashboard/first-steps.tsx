import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { Card } from "../ui/surface";

/** What to do first in a store where nothing was ever done. Admins see it. */
export function FirstSteps() {
  const admin = useSession((s) => s.user?.role === "admin");
  const { data } = useQuery({
    queryKey: key("activity"),
    queryFn: () => body(api.GET("/api/activity/recent", { params: { query: { limit: 5 } } })),
  });
  if (!admin || data?.activities.length !== 0) return null;
  const steps = [
    { to: "/admin/users", title: t("first.partners") },
    { to: "/admin/milk-pars", title: t("first.pars") },
    { to: "/tools/tracking/inventory", title: t("first.inventory") },
  ];
  return (
    <Card>
      <h2 className="mb-2 text-lg">{t("first.title")}</h2>
      <ol className="flex flex-col">
        {steps.map(({ to, title }, at) => (
          <li key={to}>
            <Link to={to} className="flex min-h-12 items-center gap-3 underline">
              <span className="font-mono font-bold">{at + 1}</span>
              {title}
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
