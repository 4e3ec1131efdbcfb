import { createRootRoute, createRoute, redirect } from "@tanstack/react-router";
import { session } from "./api/session";
import { Frame } from "./frame/frame";
import { NotFound, PageError } from "./frame/trouble";

export const rootRoute = createRootRoute({ notFoundComponent: NotFound, errorComponent: PageError });

/** Where to go after the login. */
export interface LoginSearch {
  to?: string;
}

/** Everything behind the login. */
export const partnerRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "partner",
  component: Frame,
  errorComponent: PageError,
  beforeLoad: ({ location }) => {
    if (session().standing === "guest") throw redirect({ to: "/login", search: { to: location.href } });
  },
});

/** What admins alone may see. */
export const adminRoute = createRoute({
  getParentRoute: () => partnerRoute,
  id: "admin-only",
  beforeLoad: () => {
    if (session().user?.role !== "admin") throw redirect({ to: "/dashboard" });
  },
});
