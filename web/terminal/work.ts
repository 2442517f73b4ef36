// State that the whole terminal shares: the session, the site, the outbox.
import { call, reachable, ApiError, ConnectionError } from "../staff/api";
import { forget, recall, remember } from "../staff/device";
import { loadSession } from "../staff/session_state";
import { readSession, type Session } from "../staff/session";
import { shortOrder } from "./codes";
import { noteOutdated } from "./labels";
import { saveSites, saveTask, saveSession, loadSavedSites } from "./offline_copy";
import { itemOf, Outbox, type Item } from "./outbox";
import { Store } from "../staff/store";
import type { Site, Task } from "./tasks";
import { t } from "./texts";
import { showToast } from "./toast";

export const session = new Store<Session | undefined>(undefined);
export const sites = new Store<Site[]>([]);
export const site = new Store<string>("");
export const orderOnScreen = new Store<string>("");

interface StoredOutbox {
  user: string;
  items: Item[];
}

session.watch(saveSession);

// A token that was made for another sign-in is replaced once; then the answer is the answer.
async function send(user: string, item: Item): Promise<unknown> {
  try {
    return await call("POST", item.path, item.body);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "csrf") throw error;
    const { user_id } = await readSession();
    // Another worker has signed in: the item waits for its own worker.
    if (user_id !== user) throw error;
    return await call("POST", item.path, item.body);
  }
}

function makeOutbox(user: string): Outbox {
  const name = `outbox.${user}`;
  const made = new Outbox({
    send: (item) => send(user, item),
    load: () => recall<StoredOutbox>(name, { user, items: [] }).items.map(itemOf),
    save: (items) => (items.length === 0 ? forget(name) : remember(name, { user, items })),
    wait: (ms) => {
      let timer: ReturnType<typeof setTimeout>;
      const promise = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
      return { promise, cancel: () => clearTimeout(timer) };
    },
  });
  made.onAnswer((answer) => {
    if (answer.kind !== "done" || answer.item.subject === "") return;
    const task = answer.reply as Task;
    saveTask(task);
    noteOutdated(task);
    if (answer.item.action === "complete" && task.parcel?.label_outdated)
      showToast("noted", t("labelOutdated"), `${t("order")} ${shortOrder(task.order_id)}`);
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

// Confirms the session that was loaded from the device, or ends it.
export function confirmSession(): Promise<void> {
  return loadSession(session).catch(() => undefined);
}

async function readSites(): Promise<Site[]> {
  try {
    const { items } = await call<{ items: Site[] }>("GET", "/api/v1/warehouse/sites");
    saveSites(items);
    return items;
  } catch (error) {
    const saved = loadSavedSites();
    if (!(error instanceof ConnectionError) || saved.length === 0) throw error;
    return saved;
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
