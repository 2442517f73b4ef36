// What service workers have in common: a shell that is kept whole under a name that changes with it, pictures of
// which the oldest are given up, and a new version that waits until the page lets it take over.
/// <reference lib="webworker" />
import type { Asked, SharedPlan } from "./plan";

declare const self: ServiceWorkerGlobalScope;
// Given by scripts/root_files.mjs: the files of the shell, and a name that changes with them.
declare const SHELL: string[];
declare const VERSION: string;

export const shellCache = `shell-${VERSION}`;
const pictureCache = "pictures";
const mostPictures = 120;

export async function keep(name: string, key: Request, response: Response, most: number): Promise<void> {
  const cache = await caches.open(name);
  await cache.put(key, response);
  const keys = await cache.keys();
  for (const oldest of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(oldest);
}

async function asset({ request }: FetchEvent): Promise<Response> {
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

async function install(more: () => Promise<void>): Promise<void> {
  await (await caches.open(shellCache)).addAll(SHELL);
  await more();
}

async function activate(ownCaches: string[]): Promise<void> {
  const kept = new Set([shellCache, pictureCache, ...ownCaches]);
  for (const name of await caches.keys()) if (!kept.has(name)) await caches.delete(name);
  await self.clients.claim();
}

type Answer = (event: FetchEvent) => Promise<Response>;

interface Worker<Plan extends string> {
  planFor: (asked: Asked) => Plan | SharedPlan;
  answers: Record<Exclude<Plan, SharedPlan>, Answer>;
  ownCaches?: string[];
  install?: () => Promise<void>; // besides the shell; a failure lets it be tried another time
}

export function work<Plan extends string>(worker: Worker<Plan>): void {
  const { planFor, ownCaches = [], install: more = async () => undefined } = worker;
  const answers: Record<string, Answer> = { ...worker.answers, asset, picture };
  self.addEventListener("install", (event) => event.waitUntil(install(more)));
  self.addEventListener("activate", (event) => event.waitUntil(activate(ownCaches)));
  self.addEventListener("message", (event) => {
    if (event.data === "take-over") void self.skipWaiting();
  });
  self.addEventListener("fetch", (event) => {
    const { method, mode, url } = event.request;
    // Of "network" nothing is said: the browser goes its own way.
    const answer = answers[planFor({ method, mode, url, origin: self.location.origin })];
    if (answer) event.respondWith(answer(event));
  });
}
