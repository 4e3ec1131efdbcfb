import { api, body } from "../api/client";
import type { IdentityAdminUser } from "../api/schema";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { say } from "../ui/message";
import { useSave } from "./save";
import { useOwnId } from "./user-parts";

interface Props {
  user: IdentityAdminUser;
  onClose(): void;
}

export function UserDelete({ user, onClose }: Props) {
  return useOwnId() === user.id ? <OwnAccount onClose={onClose} /> : <Asking user={user} onClose={onClose} />;
}

function Asking({ user, onClose }: Props) {
  const saving = useSave((id: string) => body(api.DELETE("/api/admin/users/{id}", { params: { path: { id } } })), ["users"]);
  const gone = () => {
    say(t("admin.delete.done", { name: user.name }));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("admin.delete.title", { name: user.name })}
      sentence={t("admin.delete.sentence", { number: user.partner_number })}
      actions={
        <>
          <Button look="danger" busy={saving.busy && t("state.saving")} onClick={() => saving.save(user.id, gone)}>
            {t("admin.delete.yes", { name: user.name })}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {t("admin.delete.no")}
          </Button>
        </>
      }
    >
      {saving.failure && <Failure error={saving.failure} />}
    </Dialog>
  );
}

function OwnAccount({ onClose }: { onClose(): void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("admin.delete.own")}
      sentence={t("admin.delete.ownWhy")}
      actions={<Button onClick={onClose}>{t("do.close")}</Button>}
    />
  );
}
