// What every service worker does with a request: decided here, without touching anything, so that it can be tested.

export interface Asked {
  method: string;
  mode: string;
  url: string;
  origin: string;
}

export type SharedPlan =
  | "network" // not ours to touch
  | "asset" // never changes: from the cache if it is there
  | "picture"; // kept, the oldest given up

// Nothing: it is for the worker of the page to say.
export function sharedPlan({ method, url, origin }: Asked): SharedPlan | undefined {
  const address = new URL(url);
  if (address.origin !== origin) return "network";
  if (method === "GET" && address.pathname.startsWith("/assets/")) return "asset";
  if (method === "GET" && address.pathname.startsWith("/media/")) return "picture";
  return undefined;
}
