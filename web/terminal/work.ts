// What the whole terminal shares: who works here, at which site, and what is still to be sent.
import { call, reachable, Refusal, Trouble } from "../staff/api";
import { forget, recall, remember } from "../staff/device";
import { askWho } from "../staff/entrance";
import { readSession, type Session } from "../staff/session";
import { keepSites, keepTask, keepWho, keptSites } from "./kept";
import { Outbox, type Item } from "./outbox";
import { Store } from "../staff/store";
import type { Site, Task } from "./tasks";

export const session = new Store<Session | undefined>(undefined);
export const sites = new Store<Site[]>([]);
export const site = new Store<string>("");
export const orderOnScreen = new Store<string>("");

interface Kept {
  user: string;
  items: Item[];
}

session.watch(keepWho);

// A token that was made for another sign-in is replaced once; then the answer is the answer.
async function send(user: string, item: Item): Promise<unknown> {
  try {
    return await call("POST", item.path, item.body);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "csrf") throw error;
    const { user_id } = await readSession();
    // Somebody else is at this browser now: it waits for whose it is.
    if (user_id !== user) throw error;
    return await call("POST", item.path, item.body);
  }
}

function makeOutbox(user: string): Outbox {
  const name = `outbox.${user}`;
  const made = new Outbox({
    send: (item) => send(user, item),
    load: () => recall<Kept>(name, { user, items: [] }).items,
    save: (items) => (items.length === 0 ? forget(name) : remember(name, { user, items })),
    wait: (ms) => {
      let timer: ReturnType<typeof setTimeout>;
      const promise = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
      return { promise, cancel: () => clearTimeout(timer) };
    },
  });
  made.onAnswer((answer) => {
    if (answer.kind === "done" && answer.item.subject !== "") keepTask(answer.reply as Task);
  });
  return made;
}

// Each worker has a queue of their own: what one scanned is never sent in another's name.
let outbox: Outbox | undefined;
let outboxOf = "";

export function theOutbox(): Outbox {
  const user = session.value?.user_id ?? "";
  if (outbox === undefined || outboxOf !== user) {
    outbox = makeOutbox(user);
    outboxOf = user;
    outbox.nudge();
  }
  return outbox;
}

reachable.watch((heard) => {
  if (heard) outbox?.nudge();
});

// Whoever stands in for a session that could not be asked for is confirmed, or shown the door.
export function confirmSession(): Promise<void> {
  return askWho(session).catch(() => undefined);
}

async function readSites(): Promise<Site[]> {
  try {
    const { items } = await call<{ items: Site[] }>("GET", "/api/v1/warehouse/sites");
    keepSites(items);
    return items;
  } catch (error) {
    const kept = keptSites();
    if (!(error instanceof Trouble) || kept.length === 0) throw error;
    return kept;
  }
}

export async function loadSites(): Promise<void> {
  const home = session.value?.site_id;
  const found = await readSites();
  sites.set(found);
  const known = [home, recall("site", ""), found[0]?.site_id].find(
    (id) => id !== undefined && found.some((item) => item.site_id === id),
  );
  site.set(known ?? "");
}

export function workAt(id: string): void {
  remember("site", id);
  site.set(id);
}

export function siteTitle(id: string): string {
  return sites.value.find((item) => item.site_id === id)?.title ?? id;
}
