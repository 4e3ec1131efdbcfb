import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { adminRoutes } from "./admin/routes";
import { Dashboard } from "./dashboard/dashboard";
import { inventoryRoutes } from "./inventory/routes";
import { Login } from "./login/login";
import { milkRoutes } from "./milk/routes";
import { adminRoute, type LoginSearch, partnerRoute, rootRoute } from "./routes";
import { rtdeRoutes } from "./rtde/routes";
import { settingsRoutes } from "./settings/routes";

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/dashboard" });
  },
});

const login = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: (search): LoginSearch => (typeof search.to === "string" ? { to: search.to } : {}),
  component: Login,
});

const signUp = createRoute({
  getParentRoute: () => rootRoute,
  path: "/signup",
  component: lazyRouteComponent(() => import("./login/signup"), "SignUp"),
});

const setup = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  component: lazyRouteComponent(() => import("./login/setup"), "Setup"),
});

const dashboard = createRoute({
  getParentRoute: () => partnerRoute,
  path: "/dashboard",
  component: Dashboard,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    home,
    login,
    signUp,
    setup,
    partnerRoute.addChildren([
      dashboard,
      ...inventoryRoutes,
      ...milkRoutes,
      ...rtdeRoutes,
      ...settingsRoutes,
      adminRoute.addChildren(adminRoutes),
    ]),
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
