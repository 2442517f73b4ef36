// Tasks as the ops gateway tells them, and what follows from them.

export interface TaskLine {
  sku_id: string;
  barcode: string;
  bin: string;
  quantity: number;
  picked: number;
  missing?: number; // reported short: nobody picks them any more
  title: string;
  options: Record<string, string>;
  image: string;
}

export interface Task {
  task_id: string;
  type: string;
  site_id: string;
  status: "open" | "done" | "cancelled";
  order_id: string;
  lines: TaskLine[];
  created_at: string;
  package_barcode?: string;
}

export interface Site {
  site_id: string;
  title: string;
  type: string;
}

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

const byBin = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

// The way through the warehouse: bins in the order in which they stand.
export function inWalkingOrder(lines: TaskLine[]): TaskLine[] {
  return [...lines].sort((a, b) => byBin.compare(a.bin, b.bin) || byBin.compare(a.barcode, b.barcode));
}

export function lineKey(line: Pick<TaskLine, "bin" | "barcode">): string {
  return `${line.bin}\n${line.barcode}`;
}
