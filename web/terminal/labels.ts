// What printed labels say. A label shows how many parcels its order makes; when that changes after it was printed, it is
// out of date and has to be printed again. Kept on the device: the parcel stays where its label was printed.
import { recall, remember } from "../staff/device";
import { Store } from "../staff/store";
import type { Task } from "./tasks";

interface PrintedLabel {
  task_id: string;
  code: string;
  label?: string; // `parcel.label` of the task when it was printed
}

export type OutdatedLabel = Pick<Task, "task_id" | "order_id" | "site_id">;

const mostKept = 50;

function keptOnDevice<T>(key: string): Store<T[]> {
  const store = new Store<T[]>(recall<T[]>(key, []));
  store.watch((items) => remember(key, items));
  return store;
}

export const printedLabels = keptOnDevice<PrintedLabel>("printed_labels");
export const outdatedLabels = keptOnDevice<OutdatedLabel>("outdated_labels");

export function notePrinted(task: Task, code: string): void {
  const others = printedLabels.value.filter((one) => one.code !== code);
  const label = task.parcel?.label;
  const printed = { task_id: task.task_id, code, ...(label === undefined ? {} : { label }) };
  printedLabels.set([printed, ...others].slice(0, mostKept));
}

// The `label` of a completion: empty for a bag that has a code of its own.
export function labelOn(task: Task, code: string): { label?: string } {
  const printed = printedLabels.value.find((one) => one.task_id === task.task_id && one.code === code);
  if (printed === undefined) return { label: "" };
  return printed.label === undefined ? {} : { label: printed.label };
}

// Before the server has heard of the parcel. What to print instead is known when the total is.
export function isPrintOutdated(task: Task, code: string): boolean {
  const { label } = labelOn(task, code);
  const { parcel } = task;
  return !!label && parcel !== undefined && parcel.of !== 0 && parcel.label !== label;
}

export function noteOutdated({ task_id, order_id, site_id, parcel }: Task): void {
  const known = outdatedLabels.value;
  const isKnown = known.some((one) => one.task_id === task_id);
  const isOutdated = parcel?.label_outdated === true;
  if (isKnown === isOutdated) return;
  if (isOutdated) outdatedLabels.set([...known, { task_id, order_id, site_id }].slice(-mostKept));
  else forgetOutdated(task_id);
}

export function forgetOutdated(task: string): void {
  outdatedLabels.set(outdatedLabels.value.filter((one) => one.task_id !== task));
}
