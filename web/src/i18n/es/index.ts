import { admin } from "./admin";
import { dashboard } from "./dashboard";
import { frame } from "./frame";
import { inventory } from "./inventory";
import { login } from "./login";
import { milk } from "./milk";
import { rtde } from "./rtde";
import { settings } from "./settings";

export const texts = { ...frame, ...login, ...dashboard, ...inventory, ...milk, ...rtde, ...admin, ...settings };
