import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { partnerRoute } from "../routes";

const getParentRoute = () => partnerRoute;

export const rtdeRoutes = [
  createRoute({
    getParentRoute,
    path: "/tools/rtde",
    component: lazyRouteComponent(() => import("./start"), "StartPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/rtde/session/$id",
    component: lazyRouteComponent(() => import("./session"), "SessionPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/rtde/history",
    component: lazyRouteComponent(() => import("./history"), "HistoryPage"),
  }),
] as const;
