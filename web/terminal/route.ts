// Where in the terminal we are, as the address says it.
import { Store } from "../staff/store";

export type Route =
  { screen: "tasks" } | { screen: "task"; id: string } | { screen: "receiving" } | { screen: "stock" };

const root = "/terminal";

export function routeOf(path: string): Route {
  const parts = path.slice(root.length).split("/").filter(Boolean);
  if (parts[0] === "tasks" && parts[1] !== undefined)
    return { screen: "task", id: decodeURIComponent(parts[1]) };
  if (parts[0] === "receiving") return { screen: "receiving" };
  if (parts[0] === "stock") return { screen: "stock" };
  return { screen: "tasks" };
}

export function pathOf(route: Route): string {
  if (route.screen === "tasks") return root;
  if (route.screen === "task") return `${root}/tasks/${encodeURIComponent(route.id)}`;
  return `${root}/${route.screen}`;
}

export const route = new Store<Route>(routeOf(location.pathname));

export function go(next: Route, how: "push" | "replace" = "push"): void {
  const path = pathOf(next);
  if (path !== location.pathname) {
    if (how === "push") history.pushState(null, "", path);
    else history.replaceState(null, "", path);
  }
  route.set(next);
}

window.addEventListener("popstate", () => route.set(routeOf(location.pathname)));
