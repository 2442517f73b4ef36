// What the server told last, for a terminal that is loaded again without a connection: who works here, the sites,
// the open tasks and the task on the screen. It goes when the worker goes. What was done since is in the outbox.
import { forget, recall, remember } from "../staff/device";
import type { Session } from "../staff/session";
import type { Site, Task } from "./tasks";

interface Kept {
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

const read = (): Kept | undefined => recall<Kept | undefined>(name, undefined);

function write(kept: Kept): void {
  const text = JSON.stringify(kept);
  // Lists are read every few seconds, and the memory of a cheap device wears out.
  if (text === written) return;
  written = text;
  remember(name, kept);
}

export function keepWho(who: Session | undefined): void {
  turn += 1;
  if (who === undefined) {
    written = "";
    return forget(name);
  }
  const before = read();
  const fresh: Kept = { user: who.user_id, roles: [], sites: [], at: "", total: 0, tasks: [] };
  const { home: _, ...mine } = before?.user === who.user_id ? before : fresh;
  const home = who.site_id === undefined ? {} : { home: who.site_id };
  write({ ...mine, ...home, roles: who.roles });
}

// Stands in until the server has been asked. It has no token: the server decides what it lets this browser do.
export function keptWho(): Session | undefined {
  const kept = read();
  if (kept === undefined) return undefined;
  const { user: user_id, roles, home } = kept;
  return {
    signed_in: true,
    user_id,
    roles,
    csrf_token: "",
    ...(home === undefined ? {} : { site_id: home }),
  };
}

export function keepSites(sites: Site[]): void {
  const kept = read();
  if (kept !== undefined) write({ ...kept, sites });
}

export function keptSites(): Site[] {
  return read()?.sites ?? [];
}

export interface TasksPage {
  items: Task[];
  total: number;
}

// Keeps what `ask` brings, unless a task changed meanwhile: then it is already old. A task with deeds on their
// way stays as it was before them, since nobody knows which of them the answer has seen.
export async function keepingTasks(
  at: string,
  ask: () => Promise<TasksPage>,
  hasWaiting: (task: string) => boolean,
): Promise<TasksPage> {
  const asked = turn;
  const page = await ask();
  const kept = read();
  if (kept === undefined || asked !== turn) return page;
  const items = page.items.map((task) =>
    hasWaiting(task.task_id) ? (keptTask(task.task_id) ?? task) : task,
  );
  write({ ...kept, at, total: page.total, tasks: items });
  return { ...page, items };
}

export function keptTasks(at: string): TasksPage | undefined {
  const kept = read();
  return kept === undefined || kept.at !== at ? undefined : { items: kept.tasks, total: kept.total };
}

export function keepTask(task: Task): void {
  const kept = read();
  if (kept === undefined) return;
  turn += 1;
  const others = kept.tasks.filter((other) => other.task_id !== task.task_id);
  const gone = task.status !== "open" && others.length < kept.tasks.length;
  const tasks =
    task.status === "open"
      ? kept.tasks.map((other) => (other.task_id === task.task_id ? task : other))
      : others;
  write({ ...kept, tasks, total: kept.total - (gone ? 1 : 0), opened: task });
}

export function keptTask(id: string): Task | undefined {
  const kept = read();
  return kept?.opened?.task_id === id ? kept.opened : kept?.tasks.find((task) => task.task_id === id);
}
