import { Link } from "@tanstack/react-router";
import { t } from "../i18n";

/** All items | Categories */
export function ViewSwitch({ grid, onChange }: { grid: boolean; onChange(): void }) {
  const look = (chosen: boolean) =>
    `press flex min-h-11 items-center justify-center rounded-full px-3 text-center ${chosen ? "bg-solid text-on-solid" : "hover:bg-card"}`;
  return (
    <nav aria-label={t("inventory.view")} className="grid grid-cols-2 gap-2 rounded-full bg-sunken p-0.5">
      <Link
        to="/tools/tracking/items"
        replace
        activeOptions={{ exact: true }}
        aria-current={grid ? undefined : "page"}
        onClick={onChange}
        className={look(!grid)}
      >
        {t("inventory.all")}
      </Link>
      <Link
        to="/tools/tracking/items"
        search={{ view: "categories" }}
        replace
        aria-current={grid ? "page" : undefined}
        onClick={onChange}
        className={look(grid)}
      >
        {t("inventory.categories")}
      </Link>
    </nav>
  );
}
