// The storefront's service worker: the shell, an offline page and the orders last seen, for when there is no
// connection. Pages always come from the network when there is one.
/// <reference lib="webworker" />
import { planFor } from "./plan";

declare const self: ServiceWorkerGlobalScope;
// Given by scripts/root_files.mjs: what the offline page needs, and a name that changes with it.
declare const SHELL: string[];
declare const VERSION: string;

const shellCache = `shell-${VERSION}`;
const pictureCache = "pictures";
const orderCache = "orders";
const offlinePage = "/offline.html";
const mostPictures = 120;
const mostOrders = 30;

async function install(): Promise<void> {
  const cache = await caches.open(shellCache);
  await cache.addAll(SHELL);
}

async function activate(): Promise<void> {
  const kept = new Set([shellCache, pictureCache, orderCache]);
  for (const name of await caches.keys()) if (!kept.has(name)) await caches.delete(name);
  await self.clients.claim();
}

async function keep(cacheName: string, request: Request, response: Response, most: number): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.put(request, response);
  const keys = await cache.keys();
  for (const oldest of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(oldest);
}

async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(shellCache)).put(request, response.clone());
  return response;
}

async function picture(event: FetchEvent): Promise<Response> {
  const kept = await caches.match(event.request);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(keep(pictureCache, event.request, response.clone(), mostPictures));
  return response;
}

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

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const answered = answer(event);
  if (answered) event.respondWith(answered);
});
