// Tasks for these tests.
import type { Task, TaskLine } from "../../terminal/tasks";

export function line(bin: string, barcode: string, quantity: number, picked = 0, missing = 0): TaskLine {
  const title = `Goods ${barcode}`;
  return { sku_id: `sku_${barcode}`, barcode, bin, quantity, picked, missing, title, options: {}, image: "" };
}

export function task(...lines: TaskLine[]): Task {
  return {
    task_id: "tsk_1",
    type: "pick",
    site_id: "site_1",
    status: "open",
    order_id: "ord_1",
    lines,
    created_at: "2026-11-24T10:00:00.000Z",
  };
}
