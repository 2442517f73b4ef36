// Fetches a screen's data, and fetches it again every few seconds if the reader wants that.
import { call } from "../staff/api";
import { recall, remember } from "../staff/device";
import { Store, useStore } from "../staff/store";
import { useLoaded, type Loaded } from "../staff/loading";
import type { Session } from "../staff/session";

const everyMs = 5_000;

export const session = new Store<Session | undefined>(undefined);
export const refreshes = new Store<boolean>(recall("console.refresh", true));

export function setRefreshes(value: boolean): void {
  remember("console.refresh", value);
  refreshes.set(value);
}

export function isAdmin(): boolean {
  return session.value?.roles.includes("admin") === true;
}

// `path` nothing: there is nothing to read yet.
export function useFetched<T>(path: string | undefined): Loaded<T | undefined> {
  const again = useStore(refreshes);
  const read = (): Promise<T | undefined> =>
    path === undefined ? Promise.resolve(undefined) : call<T>("GET", path);
  return useLoaded<T | undefined>(read, path ?? "", again && path !== undefined ? everyMs : 0);
}
