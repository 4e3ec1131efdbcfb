import { MoreHorizontal } from "lucide-react";
import type { IdentityAdminUser } from "../api/schema";
import { t } from "../i18n";
import { IconButton } from "../ui/button";
import { Pill } from "../ui/surface";
import { Activate, LastLogin, roleOf, StatusBadge, useOwnId } from "./user-parts";

const cell = "px-4 py-2 text-left align-middle";

/** Everybody in the office, on a wide screen. */
export function UserTable({ people, onMore }: { people: IdentityAdminUser[]; onMore(user: IdentityAdminUser): void }) {
  return (
    <div className="overflow-hidden rounded-card border border-line bg-card">
      <table className="w-full border-collapse">
        <caption className="sr-only">{t("admin.users.title")}</caption>
        <thead className="bg-sunken">
          <tr>
            {(["number", "name", "role", "status", "lastLogin", "actions"] as const).map((column) => (
              <th key={column} scope="col" className={`${cell} font-medium ${column === "actions" ? "sr-only" : ""}`}>
                {t(`admin.users.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((user) => (
            <Row key={user.id} user={user} onMore={() => onMore(user)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ user, onMore }: { user: IdentityAdminUser; onMore(): void }) {
  const ownId = useOwnId();
  return (
    <tr className="border-t border-line" data-user={user.partner_number}>
      <td className={cell}>
        <Pill>{user.partner_number}</Pill>
      </td>
      <th scope="row" className={`${cell} text-lg font-normal`}>
        {user.name}
      </th>
      <td className={cell}>{roleOf(user, ownId)}</td>
      <td className={cell}>
        <StatusBadge status={user.status} />
      </td>
      <td className={`${cell} text-soft`}>
        <LastLogin at={user.last_login_at} />
      </td>
      <td className={cell}>
        <span className="flex justify-end gap-2">
          <Activate user={user} />
          <IconButton label={t("admin.users.more", { name: user.name })} onClick={onMore}>
            <MoreHorizontal aria-hidden />
          </IconButton>
        </span>
      </td>
    </tr>
  );
}
