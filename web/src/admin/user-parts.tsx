import { api, body } from "../api/client";
import type { IdentityAdminUser } from "../api/schema";
import { useSession } from "../api/session";
import { t } from "../i18n";
import { ago, exactTime } from "../i18n/time";
import { Button } from "../ui/button";
import { explain } from "../ui/failure";
import { say, sayFailure } from "../ui/message";
import { Badge, type Tone } from "../ui/surface";
import { useNow } from "../ui/tick";
import type { Status } from "./choose";
import { useSave } from "./save";

const tones: Record<Status, Tone> = { pending: "amber", locked: "amber", deleted: "red", active: "plain" };

export function StatusBadge({ status }: { status: Status }) {
  return <Badge tone={tones[status]}>{t(`admin.status.${status}`)}</Badge>;
}

/** "Admin", and who is more, or oneself. */
export function roleOf(user: IdentityAdminUser, ownId: string | undefined): string {
  const parts: string[] = [t(`admin.role.${user.role}`)];
  if (user.is_owner) parts.push(t("admin.users.owner"));
  if (user.id === ownId) parts.push(t("admin.users.you"));
  return parts.join(", ");
}

export const useOwnId = () => useSession((s) => s.user?.id);

export function LastLogin({ at }: { at: string | null }) {
  const now = useNow(60_000);
  if (at === null) return t("admin.users.never");
  return (
    <time dateTime={at} title={exactTime(at)}>
      {ago(at, now)}
    </time>
  );
}

const words = {
  pending: { act: "admin.approve", done: "admin.approved" },
  locked: { act: "admin.unlock", done: "admin.unlocked" },
  deleted: { act: "admin.restore", done: "admin.restored" },
} as const;

/** Lets somebody in, again or for the first time: one tap. */
export function Activate({ user }: { user: IdentityAdminUser }) {
  const { save, busy } = useSave(
    (id: string) => body(api.PUT("/api/admin/users/{id}", { params: { path: { id } }, body: { status: "active" } })),
    ["users"],
  );
  if (user.status === "active") return null;
  const { act, done } = words[user.status];
  return (
    <Button
      look={user.status === "deleted" ? "secondary" : "primary"}
      aria-label={`${t(act)}: ${user.name}`}
      busy={busy && t("state.saving")}
      onClick={() =>
        save(
          user.id,
          () => say(t(done, { name: user.name })),
          (error) => sayFailure(explain(error)),
        )
      }
    >
      {t(act)}
    </Button>
  );
}
