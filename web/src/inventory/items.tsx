import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Download, History } from "lucide-react";
import { useEffect, useState } from "react";
import { useOffline } from "../frame/connection";
import { t } from "../i18n";
import { ago } from "../i18n/time";
import { IconButton } from "../ui/button";
import { saveCsv } from "../ui/csv";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Empty, Skeleton } from "../ui/surface";
import { useNow } from "../ui/tick";
import { categoryLabel } from "./categories";
import { CategoryGrid } from "./category-grid";
import { useItems, useProvision } from "./data";
import { matching } from "./filter";
import { ItemList } from "./item-list";
import type { Row } from "./overlay";
import { SearchField } from "./search-field";
import { ViewSwitch } from "./view-switch";

/** What is in the basement: everything, by category, or what a search finds. */
export function ItemsPage() {
  const { view, category } = useSearch({ from: "/partner/tools/tracking/items" });
  const [query, setQuery] = useState("");
  const { rows, error, refetch } = useItems();
  useProvision();
  const navigate = useNavigate();
  useNewKey(category);
  // Another view starts at its top, with an empty search.
  useEffect(() => {
    scrollTo(0, 0);
    if (category || view) setQuery("");
  }, [view, category]);

  const search = (text: string) => {
    setQuery(text);
    if (view && text !== "") void navigate({ to: "/tools/tracking/items", replace: true });
  };
  const inView = rows?.filter((row) => !category || row.category === category);
  const shown = inView && matching(inView, query);
  const grid = view === "categories" && query === "";
  return (
    <Page
      wide
      title={category ? categoryLabel(category) : t("inventory.list")}
      back="/tools/tracking/inventory"
      actions={<Actions rows={grid ? inView : shown} />}
      below={
        <div className="flex flex-col gap-2">
          {!category && <ViewSwitch grid={grid} onChange={() => setQuery("")} />}
          <SearchField label={t("inventory.search")} clearLabel={t("inventory.clearSearch")} value={query} onChange={search} />
        </div>
      }
      bottom={<AddLink category={category} />}
    >
      <Age />
      {error && !rows && <Failure error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <Skeleton rows={6} className="h-24" />}
      {grid && rows && <CategoryGrid rows={rows} />}
      {!grid &&
        shown &&
        (shown.length > 0 ? <ItemList key={`${category} ${query}`} rows={shown} /> : <Nothing query={query} category={category} />)}
    </Page>
  );
}

/** What they see may be old, without reception. */
function Age() {
  const now = useNow(30_000);
  const offline = useOffline();
  const { dataUpdatedAt } = useItems();
  if (!offline || dataUpdatedAt === 0) return null;
  return <p className="px-1 text-base text-soft">{t("state.asOf", { age: ago(dataUpdatedAt, now) })}</p>;
}

function Nothing({ query, category }: { query: string; category: string | undefined }) {
  if (query) return <Empty title={t("inventory.noMatch", { query })} />;
  return <Empty title={category ? t("inventory.noneIn", { category: categoryLabel(category) }) : t("inventory.none")} />;
}

function AddLink({ category }: { category: string | undefined }) {
  return (
    <Link
      to="/tools/tracking/add"
      search={category ? { category } : {}}
      data-main-action
      className="press inline-flex min-h-12 w-full items-center justify-center rounded-full bg-solid px-5 py-2 text-base font-medium text-on-solid"
    >
      {t("inventory.addItem")}
    </Link>
  );
}

function Actions({ rows }: { rows: readonly Row[] | undefined }) {
  return (
    <>
      <IconButton label={t("inventory.csv")} disabled={!rows?.length} onClick={() => rows && save(rows)}>
        <Download aria-hidden />
      </IconButton>
      <Link
        to="/tools/tracking/history"
        aria-label={t("inventory.history")}
        title={t("inventory.history")}
        className="press inline-flex size-12 shrink-0 items-center justify-center rounded-full hover:bg-sunken"
      >
        <History aria-hidden />
      </Link>
    </>
  );
}

function save(rows: readonly Row[]) {
  const columns = (["code", "name", "category", "addedAt", "addedBy"] as const).map((column) => t(`inventory.csv.${column}`));
  const lines = rows
    .filter((row) => row.state === "active")
    .map(({ code, name, category, addedAt, addedBy }) => [code, name, category && categoryLabel(category), addedAt, addedBy]);
  saveCsv(`${t("inventory.items")}-${new Date().toLocaleDateString("sv")}.csv`, [columns, ...lines]);
}

/** `n` for a new one. */
function useNewKey(category: string | undefined) {
  const navigate = useNavigate();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== "n" || event.metaKey || event.ctrlKey || event.altKey) return;
      if ((event.target as HTMLElement).matches("input, textarea, select, dialog *")) return;
      event.preventDefault();
      void navigate({ to: "/tools/tracking/add", search: category ? { category } : {} });
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [navigate, category]);
}
