import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { RtdeSessionItems } from "../api/schema";
import { t } from "../i18n";
import { record } from "../queue/queue";
import { Button } from "../ui/button";
import { explain } from "../ui/failure";
import { sayFailure } from "../ui/message";
import { Page } from "../ui/page";
import { Note } from "../ui/surface";
import { begin } from "./begin";
import type { RtdeWrite } from "./data";
import { isCounted, type Line, overlay } from "./overlay";

/** A session that the server no longer has. The counts of this phone can go into a new one. */
export function Gone({ copy, writes }: { copy: RtdeSessionItems | undefined; writes: readonly RtdeWrite[] }) {
  const navigate = useNavigate();
  const counted = copy ? overlay(copy, writes).lines.filter(isCounted) : [];
  const start = useMutation({
    mutationFn: async (lines: readonly Line[]) => {
      const sessionId = await begin(writes);
      for (const { itemId, name, counted, pulled } of lines) {
        await record({ kind: "rtde.count", sessionId, itemId, name, counted: counted ?? 0 });
        if (pulled) await record({ kind: "rtde.pull", sessionId, itemId, name, pulled });
      }
      return sessionId;
    },
    onSuccess: (id) => navigate({ to: "/tools/rtde/session/$id", params: { id }, replace: true }),
    onError: (error) => sayFailure(explain(error)),
  });
  return (
    <Page
      title={t("rtde.title")}
      back="/tools/rtde"
      bottom={
        <>
          {counted.length > 0 && (
            <Button look="secondary" full disabled={start.isPending} onClick={() => start.mutate(counted)}>
              {t("rtde.startWithCounts", { n: counted.length })}
            </Button>
          )}
          <Button full data-main-action busy={start.isPending && t("rtde.starting")} onClick={() => start.mutate([])}>
            {t("rtde.start")}
          </Button>
        </>
      }
    >
      <Note>{t("rtde.gone")}</Note>
    </Page>
  );
}
