import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { partnerRoute } from "../routes";
import { type AddSearch, addSearch, type ItemsSearch, itemsSearch } from "./search";

const getParentRoute = () => partnerRoute;

export const inventoryRoutes = [
  createRoute({
    getParentRoute,
    path: "/tools/tracking",
    component: lazyRouteComponent(() => import("./pad"), "PadPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/tracking/inventory",
    component: lazyRouteComponent(() => import("./pad"), "PadPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/tracking/items",
    validateSearch: (search): ItemsSearch => itemsSearch(search),
    component: lazyRouteComponent(() => import("./items"), "ItemsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/tracking/add",
    validateSearch: (search): AddSearch => addSearch(search),
    component: lazyRouteComponent(() => import("./add"), "AddPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/tracking/delivery",
    component: lazyRouteComponent(() => import("./delivery"), "DeliveryPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tools/tracking/history",
    component: lazyRouteComponent(() => import("./history"), "HistoryPage"),
  }),
] as const;
