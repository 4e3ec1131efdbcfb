import { t } from "../i18n";

/** "9 min", "1 h 5 min" */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return t("rtde.underMinute");
  return minutes < 60 ? t("rtde.minutes", { n: minutes }) : t("rtde.hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}
