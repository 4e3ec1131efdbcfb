import { expect, test } from "vitest";
import type { IdentityAdminUser } from "../api/schema";
import { type Choice, choose, everybody, type Status } from "./choose";

function person(name: string, status: Status): IdentityAdminUser {
  return {
    id: name,
    name,
    status,
    partner_number: `${name.toUpperCase()}01`,
    role: "staff",
    is_owner: false,
    last_login_at: null,
    created_at: "2026-01-05T22:41:07Z",
    updated_at: "2026-01-05T22:41:07Z",
  };
}

const people = [
  person("Zoe", "active"),
  person("Luca", "deleted"),
  person("Ann", "active"),
  person("Bea", "locked"),
  person("Nia", "pending"),
];

test.each<{ choice: Partial<Choice>; names: string[] }>([
  { choice: {}, names: ["Nia", "Bea", "Ann", "Zoe"] },
  { choice: { deletedToo: true }, names: ["Nia", "Bea", "Ann", "Zoe", "Luca"] },
  { choice: { status: "deleted" }, names: ["Luca"] },
  { choice: { status: "active", deletedToo: true }, names: ["Ann", "Zoe"] },
  { choice: { text: " zoe01 " }, names: ["Zoe"] },
  { choice: { text: "nobody" }, names: [] },
])("$choice chooses $names", ({ choice, names }) => {
  expect(choose(people, { ...everybody, ...choice }).map((one) => one.name)).toEqual(names);
});
