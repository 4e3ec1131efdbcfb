import { api, body } from "../api/client";
import type { RtdeItem } from "../api/schema";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { say } from "../ui/message";
import { Note } from "../ui/surface";
import { useSave } from "./save";

/** Deletes an item for good if it was never used, and else hides it: the server knows. */
export function RtdeItemDelete({ item, onClose }: { item: RtdeItem; onClose(): void }) {
  const saving = useSave(() => body(api.DELETE("/api/rtde/admin/items/{id}", { params: { path: { id: item.id } } })), ["rtde"]);
  const remove = () =>
    saving.save(undefined, ({ deleted_permanently }) => {
      say(t(deleted_permanently ? "rtde.admin.deleted" : "rtde.admin.deactivated", { name: item.name }));
      onClose();
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("rtde.admin.deleteAsk", { name: item.name })}
      actions={
        <>
          <Button onClick={onClose}>{t("rtde.admin.keep")}</Button>
          <Button look="danger" busy={saving.busy && t("state.saving")} onClick={remove}>
            {t("rtde.admin.deleteNamed", { name: item.name })}
          </Button>
        </>
      }
    >
      <Note>{t("rtde.admin.deleteBody")}</Note>
      {saving.failure && <Failure error={saving.failure} />}
    </Dialog>
  );
}
