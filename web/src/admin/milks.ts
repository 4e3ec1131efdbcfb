import { key } from "../api/queries";

export const sections = ["dairy", "non_dairy"] as const;

/** All milks, hidden ones too, with their pars. */
export const milksKey = () => key("milk", "admin-types");
