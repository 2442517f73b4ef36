// What the shop's service worker does with a request.
import { sharedPlan, type Asked, type SharedPlan } from "../../worker/plan";

export type Plan =
  | SharedPlan
  | "page" // from the network; without it the offline page
  | "order-page" // as a page, and a copy is kept for reading offline
  | "forget-orders"; // somebody signs in or out: copies of orders go

const orderPage = /^\/orders(\/ord_[\w-]+)?$/;

export function planFor(asked: Asked): Plan {
  const shared = sharedPlan(asked);
  if (shared !== undefined) return shared;
  const { method, mode } = asked;
  const { pathname } = new URL(asked.url);
  if (method === "POST" && /^\/sign-(in|out)/.test(pathname)) return "forget-orders";
  if (method !== "GET") return "network";
  if (orderPage.test(pathname) && (mode === "navigate" || mode === "same-origin" || mode === "cors"))
    return "order-page";
  return mode === "navigate" ? "page" : "network";
}
