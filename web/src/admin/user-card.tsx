import { MoreHorizontal } from "lucide-react";
import type { IdentityAdminUser } from "../api/schema";
import { t } from "../i18n";
import { IconButton } from "../ui/button";
import { Card, Pill } from "../ui/surface";
import { Activate, LastLogin, roleOf, StatusBadge, useOwnId } from "./user-parts";

/** Somebody on a phone. */
export function UserCard({ user, onMore }: { user: IdentityAdminUser; onMore(): void }) {
  const ownId = useOwnId();
  const why = user.status === "locked" ? t("admin.lockedWhy") : user.status === "pending" ? t("admin.pendingWhy") : "";
  return (
    <Card className="flex flex-col gap-3 p-4" data-user={user.partner_number}>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-lg">{user.name}</h2>
          <p className="text-soft">{roleOf(user, ownId)}</p>
        </div>
        <IconButton label={t("admin.users.more", { name: user.name })} onClick={onMore} className="-mt-2 -mr-2">
          <MoreHorizontal aria-hidden />
        </IconButton>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Pill>{user.partner_number}</Pill>
        {user.status !== "active" && <StatusBadge status={user.status} />}
        <span className="text-sm text-soft">
          {t("admin.users.lastLogin")}: <LastLogin at={user.last_login_at} />
        </span>
      </div>
      {why && <p className="text-sm">{why}</p>}
      <Activate user={user} />
    </Card>
  );
}
