import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "../i18n";
import { takeBack } from "../queue/queue";
import { Button } from "../ui/button";
import { explain } from "../ui/failure";
import { sayFailure } from "../ui/message";
import { Page } from "../ui/page";
import { Initials, shortName } from "../ui/person";
import { Card, Note } from "../ui/surface";
import { takeItBack } from "./begin";
import { type RtdeWrite, useInProgress } from "./data";

/** Another partner has the session now. What was done here since waits for a word. */
export function TakenOver({ id, writes }: { id: string; writes: readonly RtdeWrite[] }) {
  const navigate = useNavigate();
  const { data } = useInProgress();
  const theirs = data?.sessions.find((one) => one.id === id);
  const name = theirs ? shortName(theirs.user_name) : null;
  const back = useMutation({
    mutationFn: () =>
      takeItBack(
        id,
        writes.filter((one) => one.state === "refused"),
      ),
    onError: (error) => sayFailure(explain(error)),
  });
  async function leave() {
    for (const write of writes) await takeBack(write.id);
    await navigate({ to: "/tools/rtde" });
  }
  return (
    <Page
      title={t("rtde.title")}
      back="/tools/rtde"
      bottom={
        <>
          <Button look="secondary" full onClick={() => void leave()}>
            {name ? t("rtde.leaveTo", { name }) : t("rtde.leave")}
          </Button>
          <Button full data-main-action disabled={!theirs} busy={back.isPending && t("rtde.takingOver")} onClick={() => back.mutate()}>
            {t("rtde.takeBack")}
          </Button>
        </>
      }
    >
      <Card className="flex flex-col gap-3">
        <div className="flex items-center gap-3">
          {theirs && <Initials name={theirs.user_name} />}
          <h2 className="text-xl">{name ? t("rtde.takenOver", { name }) : t("rtde.notYours")}</h2>
        </div>
        {theirs && <p className="text-soft">{t("rtde.countedOf", { n: theirs.items_counted, total: theirs.total_items })}</p>}
        <p>{t(theirs ? "rtde.countsKept" : "rtde.notRunning")}</p>
      </Card>
      {writes.length > 0 && <Note>{t("rtde.changesKept", { n: writes.length })}</Note>}
    </Page>
  );
}
