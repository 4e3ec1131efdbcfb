import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import { useSession } from "../api/session";
import { useOffline } from "../frame/connection";
import { t } from "../i18n";
import { ago } from "../i18n/time";
import { Button, IconButton } from "../ui/button";
import { saveCsv } from "../ui/csv";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Empty, Skeleton } from "../ui/surface";
import { useNow } from "../ui/tick";
import { useInventoryWrites, useItems } from "./data";
import { type Action, type Choice, type Entry, entries, lastWords } from "./entries";
import { EntryCard } from "./entry-card";
import { SearchField } from "./search-field";

const page = 20;
const actions = [null, "ADD", "REMOVE", "RESTORE"] as const;

/** Who added, removed and restored what, and a way back from it. */
export function HistoryPage() {
  const [choice, setChoice] = useState<Choice>({ action: null, code: "" });
  const { list, query } = useEntries(choice);
  const now = useNow(30_000);
  const { rows } = useItems();
  const lasts = choice.action === null ? lastWords(list ?? []) : new Set<string>();
  return (
    <Page
      wide
      title={t("inventory.history")}
      back="/tools/tracking/inventory"
      actions={
        <IconButton label={t("inventory.csv")} disabled={!list?.length} onClick={() => list && save(list)}>
          <Download aria-hidden />
        </IconButton>
      }
      below={<Choose choice={choice} onChange={setChoice} />}
    >
      <Age at={query.dataUpdatedAt} now={now} />
      {query.error && !list && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {!list && !query.error && <Skeleton rows={8} className="h-20" />}
      {list && list.length > 0 && (
        <p role="status" className="px-1 text-base text-soft">
          {t("inventory.history.shown", { n: list.length })}
        </p>
      )}
      {list?.length === 0 && <Empty title={t(choice.action || choice.code ? "inventory.history.noMatch" : "inventory.history.none")} />}
      <ul className="grid gap-2 lg:grid-cols-2">
        {list?.map((entry) => (
          <li key={entry.id}>
            <EntryCard entry={entry} now={now} undoable={lasts.has(entry.id)} rows={rows} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          look="secondary"
          busy={query.isFetchingNextPage && t("state.loading", { what: t("inventory.history.entries") })}
          onClick={() => void query.fetchNextPage()}
        >
          {t("do.loadMore")}
        </Button>
      )}
    </Page>
  );
}

function useEntries(choice: Choice) {
  const code = choice.code.length === 4 ? choice.code : undefined;
  const action = choice.action ?? undefined;
  const query = useInfiniteQuery({
    queryKey: key("inventory-history", "pages", action ?? "all", code ?? ""),
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/api/tracking/history", {
          params: { query: { limit: page, ...(action && { action }), ...(code && { code }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
  const writes = useInventoryWrites();
  const me = useSession((s) => s.user?.name ?? "");
  const list =
    query.data &&
    entries(
      query.data.pages.flatMap((one) => one.history),
      writes,
      me,
      choice,
    );
  return { query, list };
}

function Choose({ choice, onChange }: { choice: Choice; onChange(choice: Choice): void }) {
  const label = (action: Action | null) => t(action ? `inventory.history.${action}` : "inventory.history.all");
  return (
    <div className="flex flex-col gap-2 md:flex-row">
      <fieldset className="flex flex-wrap gap-2 md:w-1/2">
        <legend className="sr-only">{t("inventory.history.filter")}</legend>
        {actions.map((action) => (
          <button
            key={action}
            type="button"
            aria-pressed={choice.action === action}
            onClick={() => onChange({ ...choice, action })}
            className={`press min-h-12 flex-1 whitespace-nowrap rounded-full border px-2.5 text-sm sm:text-base ${choice.action === action ? "border-solid bg-solid text-on-solid" : "border-strong-line bg-card"}`}
          >
            {label(action)}
          </button>
        ))}
      </fieldset>
      <div className="md:flex-1">
        <SearchField
          numeric
          label={t("inventory.history.search")}
          clearLabel={t("inventory.clearSearch")}
          value={choice.code}
          onChange={(text) => onChange({ ...choice, code: text.replace(/\D/g, "").slice(0, 4) })}
        />
      </div>
    </div>
  );
}

function Age({ at, now }: { at: number; now: number }) {
  const offline = useOffline();
  if (!offline || at === 0) return null;
  return <p className="px-1 text-base text-soft">{t("state.asOf", { age: ago(at, now) })}</p>;
}

function save(list: readonly Entry[]) {
  const columns = (["when", "action", "code", "name", "who"] as const).map((column) => t(`inventory.csv.${column}`));
  const lines = list
    .filter((one) => one.mark !== "refused")
    .map(({ at, action, code, name, who }) => [at, t(`inventory.history.${action}`), code, name, who]);
  saveCsv(`${t("inventory.history.entries")}-${new Date().toLocaleDateString("sv")}.csv`, [columns, ...lines]);
}
