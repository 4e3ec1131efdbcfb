import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { partnerRoute } from "../routes";
import { keepArrived } from "./arrived";
import { sessionSearch } from "./search";

keepArrived(); // also while no page of the milk count is open

const getParentRoute = () => partnerRoute;

export const milkRoutes = [
  createRoute({
    getParentRoute,
    path: "/tools/milk-count",
    validateSearch: sessionSearch,
    component: lazyRouteComponent(() => import("./hub"), "HubPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/milk-count/night/foh",
    validateSearch: sessionSearch,
    component: lazyRouteComponent(() => import("./night"), "FohPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/milk-count/night/boh",
    validateSearch: sessionSearch,
    component: lazyRouteComponent(() => import("./night"), "BohPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/milk-count/morning",
    validateSearch: sessionSearch,
    component: lazyRouteComponent(() => import("./morning"), "MorningPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/milk-count/on-order",
    validateSearch: sessionSearch,
    component: lazyRouteComponent(() => import("./on-order"), "OnOrderPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/milk-count/summary/$id",
    component: lazyRouteComponent(() => import("./summary"), "SummaryPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/milk-count/history",
    component: lazyRouteComponent(() => import("./history"), "HistoryPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/milk-count/usage",
    component: lazyRouteComponent(() => import("./usage"), "UsagePage"),
  }),
] as const;
