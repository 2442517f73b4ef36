// Tasks as the ops gateway tells them, and what follows from them.
import type * as ops from "../made/api/ops";

export type TaskLine = ops.ShownLine;

export type Task = ops.ShownTask;

export type TaskWorker = ops.WarehouseTaskWorker;

export type Destination = ops.Destination;

export type Site = Pick<ops.WarehouseSite, "site_id" | "title" | "type">;

export function leftOf(line: TaskLine): number {
  return Math.max(0, line.quantity - line.picked - (line.missing ?? 0));
}

export interface Progress {
  wanted: number;
  picked: number;
  missing: number;
  left: number;
}

export function progressOf(task: Task): Progress {
  const progress = { wanted: 0, picked: 0, missing: 0, left: 0 };
  for (const line of task.lines) {
    progress.wanted += line.quantity;
    progress.picked += line.picked;
    progress.missing += line.missing ?? 0;
    progress.left += leftOf(line);
  }
  return progress;
}

// Somebody else has it.
export function isTaken(task: Task, user: string): boolean {
  return task.status === "open" && task.worker !== undefined && task.worker.user_id !== user;
}

export function nameOfWorker(worker: TaskWorker): string {
  return worker.name === "" ? worker.user_id.slice(-6) : worker.name;
}

// The town of the address: first in Russian, last in English, where the address begins with the house number.
export function directionOf(place: Destination): string {
  const parts = place.address.split(",");
  const first = parts[0] ?? "";
  const town = (/^\s*\d/.test(first) ? parts[parts.length - 1]! : first)
    .replace(/^(?:г|город|city of)\.?\s+/iu, "")
    .trim();
  return town === "" ? place.title : town;
}

const byBin = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

// The way through the warehouse: bins in the order in which they stand.
export function inWalkingOrder(lines: TaskLine[]): TaskLine[] {
  return [...lines].sort((a, b) => byBin.compare(a.bin, b.bin) || byBin.compare(a.barcode, b.barcode));
}

export function lineKey(line: Pick<TaskLine, "bin" | "barcode">): string {
  return `${line.bin}\n${line.barcode}`;
}
