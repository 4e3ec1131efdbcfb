import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { adminRoute } from "../routes";

const getParentRoute = () => adminRoute;

export const adminRoutes = [
  createRoute({
    getParentRoute,
    path: "/admin",
    component: lazyRouteComponent(() => import("./home"), "AdminPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/admin/users",
    component: lazyRouteComponent(() => import("./users"), "UsersPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/admin/stores",
    component: lazyRouteComponent(() => import("./stores"), "StoresPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/admin/milk-pars",
    component: lazyRouteComponent(() => import("./milk-pars"), "MilkParsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/admin/rtde-items",
    component: lazyRouteComponent(() => import("./rtde-items"), "RtdeItemsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/admin/audit",
    component: lazyRouteComponent(() => import("./audit"), "AuditPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/admin/backups",
    component: lazyRouteComponent(() => import("./backups"), "BackupsPage"),
  }),
] as const;
