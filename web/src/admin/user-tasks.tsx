import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { key } from "../api/queries";
import type { IdentityAdminUser } from "../api/schema";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { UserAdd } from "./user-add";
import { UserDelete } from "./user-delete";
import { UserEdit } from "./user-edit";
import { roleOf } from "./user-parts";
import { UserPin } from "./user-pin";
import { UserStores } from "./user-stores";

/** What an admin is about to do. */
export type Task = { kind: "add" } | { kind: "more" | "edit" | "pin" | "stores" | "delete"; user: IdentityAdminUser };

interface Props {
  task: Task;
  onTask(task: Task | null): void;
}

export function UserTasks({ task, onTask }: Props) {
  const close = () => onTask(null);
  switch (task.kind) {
    case "add":
      return <UserAdd onClose={close} />;
    case "more":
      return <More user={task.user} onTask={onTask} />;
    case "edit":
      return <UserEdit user={task.user} onClose={close} />;
    case "pin":
      return <UserPin user={task.user} onClose={close} />;
    case "stores":
      return <UserStores user={task.user} onClose={close} />;
    case "delete":
      return <UserDelete user={task.user} onClose={close} />;
  }
}

function More({ user, onTask }: { user: IdentityAdminUser; onTask(task: Task | null): void }) {
  const me = useSession((s) => s.user);
  const { data } = useQuery({ queryKey: key("stores"), queryFn: () => body(api.GET("/api/stores")) });
  const severalStores = me?.is_owner && (data?.stores.length ?? 0) > 1;
  const deleted = user.status === "deleted";
  return (
    <Dialog
      open
      onClose={() => onTask(null)}
      title={user.name}
      sentence={`${user.partner_number}, ${roleOf(user, me?.id)}`}
      actions={
        <Button look="quiet" onClick={() => onTask(null)}>
          {t("do.close")}
        </Button>
      }
    >
      <Button look="secondary" onClick={() => onTask({ kind: "edit", user })}>
        {t("admin.edit")}
      </Button>
      {!deleted && (
        <Button look="secondary" onClick={() => onTask({ kind: "pin", user })}>
          {t("admin.pin")}
        </Button>
      )}
      {severalStores && (
        <Button look="secondary" onClick={() => onTask({ kind: "stores", user })}>
          {t("admin.stores")}
        </Button>
      )}
      {!deleted && (
        <Button look="secondary" className="border-red text-red" onClick={() => onTask({ kind: "delete", user })}>
          {t("admin.delete")}
        </Button>
      )}
    </Dialog>
  );
}
