// The storefront's service worker: the shell, an offline page and the orders last seen, for when there is no
// connection. Pages always come from the network when there is one.
/// <reference lib="webworker" />
import { keep, work } from "../../worker/machinery";
import { planFor } from "./plan";

const orderCache = "orders";
const offlinePage = "/offline.html";
const mostOrders = 30;

async function page({ request }: FetchEvent): Promise<Response> {
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

async function forgetOrders({ request }: FetchEvent): Promise<Response> {
  await caches.delete(orderCache);
  return fetch(request);
}

work({
  planFor,
  answers: { page, "order-page": orderPage, "forget-orders": forgetOrders },
  ownCaches: [orderCache],
});
