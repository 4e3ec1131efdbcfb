/** What the list shows: everything, the categories, or one of them. */
export interface ItemsSearch {
  view?: "categories";
  category?: string;
}

export function itemsSearch(search: Record<string, unknown>): ItemsSearch {
  return {
    ...(search.view === "categories" ? { view: "categories" as const } : {}),
    ...(typeof search.category === "string" ? { category: search.category } : {}),
  };
}

/** What is known of a thing before it is added. */
export interface AddSearch {
  category?: string;
  code?: string;
}

export function addSearch(search: Record<string, unknown>): AddSearch {
  return {
    ...(typeof search.category === "string" ? { category: search.category } : {}),
    ...(/^\d{4}$/.test(String(search.code)) ? { code: String(search.code) } : {}),
  };
}
