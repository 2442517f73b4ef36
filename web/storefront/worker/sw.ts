// The storefront's service worker: the shell, an offline page and the orders last seen, for when there is no
// connection. Pages always come from the network when there is one.
/// <reference lib="webworker" />
import { asset, keep, picture, work } from "../../worker/machinery";
import { planFor } from "./plan";

declare const self: ServiceWorkerGlobalScope;

const orderCache = "orders";
const offlinePage = "/offline.html";
const mostOrders = 30;

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(offlinePage)) ?? Response.error();
  }
}

async function orderPage(event: FetchEvent): Promise<Response> {
  const { request } = event;
  try {
    const response = await fetch(request);
    // A redirect leads to the sign-in: whoever it was is here no more.
    const sentAway = response.redirected || response.type === "opaqueredirect";
    if (sentAway) event.waitUntil(caches.delete(orderCache));
    else if (response.ok)
      event.waitUntil(keep(orderCache, new Request(request.url), response.clone(), mostOrders));
    return response;
  } catch (failure) {
    const kept = await caches.match(request.url, { cacheName: orderCache });
    if (kept) return kept;
    if (request.mode !== "navigate") throw failure;
    return (await caches.match(offlinePage)) ?? Response.error();
  }
}

async function forgetOrders(request: Request): Promise<Response> {
  await caches.delete(orderCache);
  return fetch(request);
}

function answer(event: FetchEvent): Promise<Response> | undefined {
  const { method, mode, url } = event.request;
  switch (planFor({ method, mode, url, origin: self.location.origin })) {
    case "asset":
      return asset(event.request);
    case "picture":
      return picture(event);
    case "page":
      return page(event.request);
    case "order-page":
      return orderPage(event);
    case "forget-orders":
      return forgetOrders(event.request);
    case "network":
      return undefined;
  }
}

work({ answer, ownCaches: [orderCache] });
