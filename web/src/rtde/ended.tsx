import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import { t } from "../i18n";
import { Page } from "../ui/page";
import { Empty } from "../ui/surface";
import type { RtdeWrite } from "./data";
import { ReceiptPage } from "./receipt";
import { RefusedNote } from "./refused";

const recent = 30; // sessions among which it is looked for

/** A session that ended, but not on this phone: the receipt is the server's. */
export function Ended({ id, writes }: { id: string; writes: readonly RtdeWrite[] }) {
  const { data } = useQuery({
    queryKey: key("rtde", "record", id),
    queryFn: () => body(api.GET("/api/rtde/history", { params: { query: { limit: recent } } })),
  });
  const record = data?.sessions.find((one) => one.id === id);
  if (record && writes.length === 0) {
    return (
      <ReceiptPage
        writes={writes}
        receipt={{
          sessionId: id,
          userName: record.user_name,
          startedAt: record.started_at,
          completedAt: record.completed_at,
          counted: record.items_counted,
          pulled: record.items_pulled,
          units: record.units_pulled,
        }}
      />
    );
  }
  return (
    <Page title={t("rtde.title")} back="/tools/rtde">
      <RefusedNote writes={writes} hopeless />
      <Empty title={t("rtde.ended")}>
        <Link to="/tools/rtde/history" className="inline-flex min-h-12 items-center font-bold underline">
          {t("rtde.history")}
        </Link>
      </Empty>
    </Page>
  );
}
