import { useState } from "react";
import type { IdentityAdminUser } from "../api/schema";
import { t } from "../i18n";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { SelectField, TextField } from "../ui/field";
import { Page } from "../ui/page";
import { Card, Empty, Skeleton } from "../ui/surface";
import { AsOf } from "./as-of";
import { type Choice, choose, everybody } from "./choose";
import { useRoomForTable } from "./media";
import { usePeople } from "./people";
import { UserCard } from "./user-card";
import { UserTable } from "./user-table";
import { type Task, UserTasks } from "./user-tasks";

export function UsersPage() {
  const { people, error, asOf, reload } = usePeople();
  const [choice, setChoice] = useState(everybody);
  const [task, setTask] = useState<Task | null>(null);
  return (
    <Page
      wide
      title={t("admin.users.title")}
      back="/admin"
      bottom={
        <Button full data-main-action onClick={() => setTask({ kind: "add" })}>
          {t("admin.users.add")}
        </Button>
      }
    >
      <ChoiceCard choice={choice} onChange={setChoice} />
      <AsOf time={asOf} />
      {!people && !error && <Skeleton rows={6} />}
      {!people && error && <Failure error={error} onRetry={reload} />}
      {people && <People people={choose(people, choice)} onTask={setTask} />}
      {task && <UserTasks task={task} onTask={setTask} />}
    </Page>
  );
}

function People({ people, onTask }: { people: IdentityAdminUser[]; onTask(task: Task): void }) {
  const roomForTable = useRoomForTable();
  const more = (user: IdentityAdminUser) => onTask({ kind: "more", user });
  if (people.length === 0) return <Empty title={t("admin.users.none")} />;
  if (roomForTable) return <UserTable people={people} onMore={more} />;
  return (
    <ul aria-label={t("admin.users.title")} className="flex flex-col gap-2">
      {people.map((user) => (
        <li key={user.id}>
          <UserCard user={user} onMore={() => more(user)} />
        </li>
      ))}
    </ul>
  );
}

const states = ["pending", "locked", "active", "deleted"] as const;

function ChoiceCard({ choice, onChange }: { choice: Choice; onChange(choice: Choice): void }) {
  return (
    <Card className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <div className="grow basis-full md:basis-64">
        <TextField
          label={t("admin.users.search")}
          type="search"
          autoComplete="off"
          value={choice.text}
          onChange={(event) => onChange({ ...choice, text: event.target.value })}
        />
      </div>
      <div className="min-w-32 flex-1">
        <SelectField
          label={t("admin.users.filter")}
          value={choice.status}
          onChange={(event) => onChange({ ...choice, status: event.target.value as Choice["status"] })}
        >
          <option value="all">{t("admin.users.all")}</option>
          {states.map((status) => (
            <option key={status} value={status}>
              {t(`admin.status.${status}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {choice.status === "all" && (
        <label className="flex min-h-12 items-center gap-3">
          <input
            type="checkbox"
            className="size-6 accent-solid"
            checked={choice.deletedToo}
            onChange={(event) => onChange({ ...choice, deletedToo: event.target.checked })}
          />
          {t("admin.users.deletedToo")}
        </label>
      )}
    </Card>
  );
}
