import type { Client } from "./fixtures";

/** Every page of the app, by its address. */
export async function allPages(api: Client): Promise<Record<string, string>> {
  const { sessions } = await api.get("/api/milk-count/history?status=completed&limit=1");
  return {
    dashboard: "/dashboard",
    "inventory-pad": "/tools/tracking/inventory",
    "inventory-items": "/tools/tracking/items",
    "inventory-categories": "/tools/tracking/items?view=categories",
    "inventory-add": "/tools/tracking/add",
    "inventory-delivery": "/tools/tracking/delivery",
    "inventory-history": "/tools/tracking/history",
    "milk-hub": "/tools/milk-count",
    "milk-front": "/tools/milk-count/night/foh",
    "milk-history": "/tools/milk-count/history",
    "milk-usage": "/tools/milk-count/usage",
    "milk-summary": `/tools/milk-count/summary/${sessions[0].id}`,
    "rtde-start": "/tools/rtde",
    "rtde-history": "/tools/rtde/history",
    admin: "/admin",
    "admin-users": "/admin/users",
    "admin-stores": "/admin/stores",
    "admin-milk-pars": "/admin/milk-pars",
    "admin-rtde-items": "/admin/rtde-items",
    "admin-audit": "/admin/audit",
    "admin-backups": "/admin/backups",
    settings: "/settings",
    "settings-changes": "/settings/changes",
  };
}
