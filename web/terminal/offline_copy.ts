// The last data from the server, for a terminal that is reloaded without a connection: the session, the sites, the open
// tasks and the task on the screen. Deleted at sign-out. What was done since is in the outbox.
import { forget, recall, remember } from "../staff/device";
import type { Session } from "../staff/session";
import type { Site, Task } from "./tasks";

interface OfflineCopy {
  user: string;
  roles: string[];
  home?: string;
  sites: Site[];
  at: string; // the site of the list
  total: number;
  tasks: Task[];
  opened?: Task;
}

const name = "terminal";
let turn = 0;
let written = "";

const read = (): OfflineCopy | undefined => recall<OfflineCopy | undefined>(name, undefined);

function write(copy: OfflineCopy): void {
  const text = JSON.stringify(copy);
  // Lists are read every few seconds, and the flash memory of a cheap device wears out.
  if (text === written) return;
  written = text;
  remember(name, copy);
}

export function saveSession(who: Session | undefined): void {
  turn += 1;
  if (who === undefined) {
    written = "";
    return forget(name);
  }
  const before = read();
  const fresh: OfflineCopy = { user: who.user_id, roles: [], sites: [], at: "", total: 0, tasks: [] };
  const { home: _, ...mine } = before?.user === who.user_id ? before : fresh;
  const home = who.site_id === undefined ? {} : { home: who.site_id };
  write({ ...mine, ...home, roles: who.roles });
}

// Used until the server has answered. It has no token: the server decides what this browser may do.
export function loadSavedSession(): Session | undefined {
  const copy = read();
  if (copy === undefined) return undefined;
  const { user: user_id, roles, home } = copy;
  return {
    signed_in: true,
    user_id,
    roles,
    csrf_token: "",
    ...(home === undefined ? {} : { site_id: home }),
  };
}

export function saveSites(sites: Site[]): void {
  const copy = read();
  if (copy !== undefined) write({ ...copy, sites });
}

export function loadSavedSites(): Site[] {
  return read()?.sites ?? [];
}

export interface TasksPage {
  items: Task[];
  total: number;
}

// Saves the answer of `ask`, unless a task changed meanwhile: then the answer is out of date. A task with unsent actions
// stays as it was before them, since nobody knows which of them the answer includes.
export async function fetchAndSaveTasks(
  at: string,
  ask: () => Promise<TasksPage>,
  hasWaiting: (task: string) => boolean,
): Promise<TasksPage> {
  const asked = turn;
  const page = await ask();
  const copy = read();
  if (copy === undefined || asked !== turn) return page;
  const items = page.items.map((task) =>
    hasWaiting(task.task_id) ? (loadTask(task.task_id) ?? task) : task,
  );
  write({ ...copy, at, total: page.total, tasks: items });
  return { ...page, items };
}

export function loadTasks(at: string): TasksPage | undefined {
  const copy = read();
  return copy === undefined || copy.at !== at ? undefined : { items: copy.tasks, total: copy.total };
}

export function saveTask(task: Task): void {
  const copy = read();
  if (copy === undefined) return;
  turn += 1;
  const others = copy.tasks.filter((other) => other.task_id !== task.task_id);
  const gone = task.status !== "open" && others.length < copy.tasks.length;
  const tasks =
    task.status === "open"
      ? copy.tasks.map((other) => (other.task_id === task.task_id ? task : other))
      : others;
  write({ ...copy, tasks, total: copy.total - (gone ? 1 : 0), opened: task });
}

export function loadTask(id: string): Task | undefined {
  const copy = read();
  return copy?.opened?.task_id === id ? copy.opened : copy?.tasks.find((task) => task.task_id === id);
}
