// Whose a task is. It becomes a worker's with their first scan; here is what makes it theirs before, gives it back,
// or takes it from a colleague.
import { newId } from "../staff/device";
import { isTaken, type Task } from "./tasks";
import { session, theOutbox } from "./work";

const me = (): string => session.value?.user_id ?? "";

export function isMine(task: Task): boolean {
  return task.worker?.user_id === me();
}

export function isOthers(task: Task): boolean {
  return isTaken(task, me());
}

export function maySupervise(): boolean {
  const roles = session.value?.roles ?? [];
  return roles.includes("supervisor") || roles.includes("admin");
}

function put(task: Task, action: "take" | "release", body: Record<string, unknown>): void {
  const path = `/api/v1/warehouse/tasks/${encodeURIComponent(task.task_id)}/${action}`;
  theOutbox().put({ id: newId(), action, path, body, subject: task.task_id });
}

export function takeTask(task: Task): void {
  const waits = theOutbox()
    .about(task.task_id)
    .some(({ action }) => action === "take");
  if (task.worker === undefined && !waits) put(task, "take", {});
}

export function takeOver(task: Task): void {
  put(task, "take", { take_over: true });
}

export function releaseTask(task: Task): void {
  put(task, "release", {});
}
