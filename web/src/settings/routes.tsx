import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { partnerRoute } from "../routes";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => partnerRoute,
    path: "/settings",
    component: lazyRouteComponent(() => import("./settings"), "SettingsPage"),
  }),
  createRoute({
    getParentRoute: () => partnerRoute,
    path: "/settings/changes",
    component: lazyRouteComponent(() => import("./changes"), "ChangesPage"),
  }),
] as const;
