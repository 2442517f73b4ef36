// What the service worker does with a request: decided here, without touching anything, so that it can be tested.

export type Plan =
  | "network" // not ours to touch
  | "asset" // never changes: from the cache if it is there
  | "picture" // kept, the oldest given up
  | "page" // from the network; without it the offline page
  | "order-page" // as a page, and a copy is kept for reading offline
  | "forget-orders"; // somebody signs in or out: copies of orders go

interface Asked {
  method: string;
  mode: string;
  url: string;
  origin: string;
}

const orderPage = /^\/orders(\/ord_[\w-]+)?$/;

export function planFor({ method, mode, url, origin }: Asked): Plan {
  const address = new URL(url);
  if (address.origin !== origin) return "network";
  if (method === "POST" && /^\/sign-(in|out)/.test(address.pathname)) return "forget-orders";
  if (method !== "GET") return "network";
  if (address.pathname.startsWith("/assets/")) return "asset";
  if (address.pathname.startsWith("/media/")) return "picture";
  if (orderPage.test(address.pathname) && (mode === "navigate" || mode === "same-origin" || mode === "cors"))
    return "order-page";
  return mode === "navigate" ? "page" : "network";
}
