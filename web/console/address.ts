// Where in the console we are. The address holds all of it, so that a link shows another what one sees.
import { Store } from "../staff/store";

export type Screen =
  | "hanging"
  | "orders"
  | "order"
  | "stock"
  | "sku"
  | "payments"
  | "webhooks"
  | "suspense"
  | "deadLetters"
  | "queues"
  | "security"
  | "found"
  | "staff"
  | "account";

export interface Address {
  screen: Screen;
  id: string;
  query: Record<string, string>;
}

const root = "/console";
const lists: Record<string, Screen> = {
  "": "hanging",
  orders: "orders",
  stock: "stock",
  payments: "payments",
  webhooks: "webhooks",
  suspense: "suspense",
  "dead-letters": "deadLetters",
  queues: "queues",
  security: "security",
  found: "found",
  staff: "staff",
  account: "account",
};
const single: Partial<Record<Screen, Screen>> = { orders: "order", stock: "sku" };

export function addressOf(path: string, search = ""): Address {
  const [first = "", id = ""] = path.slice(root.length).split("/").filter(Boolean);
  const list = lists[first] ?? "hanging";
  const query = Object.fromEntries(new URLSearchParams(search));
  const one = id === "" ? undefined : single[list];
  return one === undefined
    ? { screen: list, id: "", query }
    : { screen: one, id: decodeURIComponent(id), query };
}

export function pathTo(screen: Screen, id = "", query: Record<string, string | undefined> = {}): string {
  const list = Object.entries(single).find(([, one]) => one === screen)?.[0] ?? screen;
  const first = Object.entries(lists).find(([, named]) => named === list)?.[0] ?? "";
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") parameters.set(name, value);
  }
  const path = [root, first, encodeURIComponent(id)].filter((part) => part !== "").join("/");
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

const here = (): Address => addressOf(location.pathname, location.search);

export const address = new Store<Address>(here());

export function go(path: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  address.set(here());
}

window.addEventListener("popstate", () => address.set(here()));

// A link that the console follows by itself, unless it is to open elsewhere.
export function follow(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.getAttribute("href") ?? root);
}
