import { t } from "../i18n";

/** The categories, in the order of the contract. */
export const categories = [
  "syrups",
  "sauces",
  "coffee_beans",
  "powders",
  "cups",
  "lids",
  "condiments",
  "cleaning_supplies",
  "other",
] as const;

export type Category = (typeof categories)[number];

export function isCategory(name: string | undefined): name is Category {
  return (categories as readonly (string | undefined)[]).includes(name);
}

/** "Coffee Beans"; a category that this version does not know is shown as it is. */
export function categoryLabel(category: string): string {
  return isCategory(category) ? t(`inventory.category.${category}`) : category.replaceAll("_", " ");
}
