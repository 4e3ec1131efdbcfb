import { useBlocker } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { RtdeItem } from "../api/schema";
import { t } from "../i18n";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";
import { Empty, Skeleton } from "../ui/surface";
import { AsOf } from "./as-of";
import { RtdeItemDelete } from "./rtde-item-delete";
import { RtdeItemAdd, RtdeItemEdit } from "./rtde-item-form";
import { RtdeRows } from "./rtde-rows";
import { useShelf } from "./rtde-shelf";

type Task = { kind: "add" } | { kind: "edit" | "delete"; item: RtdeItem };

export function RtdeItemsPage() {
  const { items, error, asOf, reload, move, unsaved, save, discard, busy } = useShelf();
  const [activeOnly, setActiveOnly] = useState(false);
  const [task, setTask] = useState<Task | null>(null);
  const seen = items?.filter((item) => item.active || !activeOnly);
  const add = () => setTask({ kind: "add" });
  const done = () => setTask(null);
  return (
    <Page
      title={t("rtde.admin.title")}
      back="/admin"
      actions={
        unsaved && (
          <IconButton label={t("rtde.admin.add")} onClick={add}>
            <Plus aria-hidden />
          </IconButton>
        )
      }
      below={<Choice activeOnly={activeOnly} onChange={setActiveOnly} />}
      bottom={
        unsaved ? (
          <OrderKeys busy={busy} onSave={() => save()} onDiscard={discard} />
        ) : (
          <Button full data-main-action onClick={add}>
            {t("rtde.admin.add")}
          </Button>
        )
      }
    >
      <AsOf time={asOf} />
      {!items && !error && <Skeleton rows={6} />}
      {!items && error && <Failure error={error} onRetry={reload} />}
      {seen?.length === 0 && <Empty title={t("rtde.admin.none")} />}
      {seen && <RtdeRows items={seen} onMove={(id, to) => move(seen, id, to)} onEdit={(item) => setTask({ kind: "edit", item })} />}
      {task?.kind === "add" && <RtdeItemAdd onClose={done} />}
      {task?.kind === "edit" && <RtdeItemEdit item={task.item} onClose={done} onDelete={() => setTask({ ...task, kind: "delete" })} />}
      {task?.kind === "delete" && <RtdeItemDelete item={task.item} onClose={done} />}
      <LeaveDialog unsaved={unsaved} busy={busy} onSave={save} />
    </Page>
  );
}

function Choice({ activeOnly, onChange }: { activeOnly: boolean; onChange(activeOnly: boolean): void }) {
  const look = (on: boolean) =>
    `press min-h-11 flex-1 rounded-full border px-4 ${on ? "border-solid bg-solid text-on-solid" : "border-strong-line bg-card"}`;
  return (
    <fieldset aria-label={t("rtde.admin.show")} className="flex gap-2">
      <button type="button" aria-pressed={!activeOnly} className={look(!activeOnly)} onClick={() => onChange(false)}>
        {t("rtde.admin.showAll")}
      </button>
      <button type="button" aria-pressed={activeOnly} className={look(activeOnly)} onClick={() => onChange(true)}>
        {t("rtde.admin.activeOnly")}
      </button>
    </fieldset>
  );
}

function OrderKeys({ busy, onSave, onDiscard }: { busy: boolean; onSave(): void; onDiscard(): void }) {
  return (
    <div className="flex gap-2">
      <Button look="secondary" className="flex-1" disabled={busy} onClick={onDiscard}>
        {t("rtde.admin.discardOrder")}
      </Button>
      <Button className="flex-1" data-main-action busy={busy && t("state.saving")} onClick={onSave}>
        {t("rtde.admin.saveOrder")}
      </Button>
    </div>
  );
}

/** Nobody loses a new order by leaving the page. */
function LeaveDialog({ unsaved, busy, onSave }: { unsaved: boolean; busy: boolean; onSave(then: () => void): void }) {
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: () => unsaved, enableBeforeUnload: unsaved, withResolver: true });
  return (
    <Dialog
      open={status === "blocked"}
      onClose={() => reset?.()}
      title={t("rtde.admin.unsaved")}
      actions={
        <>
          <Button busy={busy && t("state.saving")} onClick={() => onSave(() => proceed?.())}>
            {t("rtde.admin.saveOrder")}
          </Button>
          <Button look="secondary" disabled={busy} onClick={() => proceed?.()}>
            {t("rtde.admin.discardOrder")}
          </Button>
        </>
      }
    />
  );
}
