// The rules of picking, pure: what a scanned code means for a task. The server judges again; this is here so that
// the worker hears right or wrong at once, also without a connection.
import { looksLikeBin, sameCode, sameGoods, tidyCode } from "./codes";
import type { Action, Item } from "./outbox";
import { inWalkingOrder, leftOf, lineKey, type Task, type TaskLine } from "./tasks";

export interface Picking {
  task: Task;
  bin: string | null; // that was scanned last: goods are taken from it
  count: number; // units that the next scan of goods stands for
}

// What a code turned out to be. `scan` is to be sent.
export type ScanResult =
  | { kind: "bin"; bin: string }
  | { kind: "picked"; line: TaskLine; scan: { bin: string; barcode: string; quantity: number } }
  | { kind: "bin_first"; line: TaskLine } // the right goods, but nobody knows from where
  | { kind: "other_bin"; line: TaskLine; bin: string } // wanted from another bin
  | { kind: "enough"; line: TaskLine }
  | { kind: "too_many"; line: TaskLine; left: number }
  | { kind: "bin_done"; bin: string } // nothing is left to pick there
  | { kind: "unknown_bin"; expected: TaskLine | null }
  | { kind: "wrong_goods"; expected: TaskLine | null }
  | { kind: "closed" };

export function isRight(result: ScanResult): boolean {
  return result.kind === "bin" || result.kind === "picked";
}

export function startPicking(task: Task): Picking {
  return { task, bin: null, count: 1 };
}

// The line to go to: in the bin where the worker stands, else the next on the way.
export function currentLine(picking: Picking): TaskLine | null {
  const open = inWalkingOrder(picking.task.lines).filter((line) => leftOf(line) > 0);
  const { bin } = picking;
  return (bin === null ? undefined : open.find((line) => sameCode(line.bin, bin))) ?? open[0] ?? null;
}

export function judge(picking: Picking, text: string): ScanResult {
  const code = tidyCode(text);
  const { task, bin } = picking;
  if (task.status !== "open") return { kind: "closed" };
  const inBin = task.lines.filter((line) => sameCode(line.bin, code));
  if (inBin.length > 0) {
    const some = inBin.some((line) => leftOf(line) > 0);
    return some ? { kind: "bin", bin: inBin[0]!.bin } : { kind: "bin_done", bin: inBin[0]!.bin };
  }
  const goods = task.lines.filter((line) => sameGoods(line.barcode, code) || line.sku_id === code);
  if (goods.length > 0) return judgeGoods(picking, goods);
  const expected = currentLine({ ...picking, bin });
  return looksLikeBin(code) ? { kind: "unknown_bin", expected } : { kind: "wrong_goods", expected };
}

// One SKU may lie in several bins: each is a line.
function judgeGoods(picking: Picking, lines: TaskLine[]): ScanResult {
  const { bin, count } = picking;
  const open = inWalkingOrder(lines).filter((line) => leftOf(line) > 0);
  const here = bin === null ? undefined : lines.find((line) => sameCode(line.bin, bin));
  if (open.length === 0) return { kind: "enough", line: here ?? lines[0]! };
  if (bin === null) return { kind: "bin_first", line: open[0]! };
  if (here === undefined || leftOf(here) === 0)
    return { kind: "other_bin", line: open[0]!, bin: open[0]!.bin };
  const left = leftOf(here);
  if (count > left) return { kind: "too_many", line: here, left };
  return { kind: "picked", line: here, scan: { bin: here.bin, barcode: here.barcode, quantity: count } };
}

// The state after a result. A picked line counts at once; the server's answer replaces the task.
export function after(picking: Picking, result: ScanResult): Picking {
  if (result.kind === "bin") return { ...picking, bin: result.bin };
  if (result.kind !== "picked") return picking;
  const task = withPicked(picking.task, result.scan);
  return { task, bin: picking.bin, count: 1 };
}

interface Waiting {
  bin: string;
  barcode: string;
  quantity: number;
}

function withPicked(task: Task, scan: Waiting): Task {
  const key = lineKey(scan);
  const lines = task.lines.map((line) =>
    lineKey(line) === key ? { ...line, picked: line.picked + scan.quantity } : line,
  );
  return { ...task, lines };
}

// The task as the server knows it, with what has not reached it yet counted in.
export function withWaiting(task: Task, scans: Waiting[], shorts: Waiting[]): Task {
  const picked = scans.reduce(withPicked, task);
  return shorts.reduce((seen, short) => {
    const key = lineKey(short);
    const lines = seen.lines.map((line) =>
      lineKey(line) === key ? { ...line, missing: (line.missing ?? 0) + short.quantity } : line,
    );
    return { ...seen, lines };
  }, picked);
}

// As withWaiting, of whatever waits about the task.
export function withActions(task: Task, items: readonly Item[]): Task {
  const wantedBy = (action: Action): Waiting[] =>
    items.filter((item) => item.action === action).map((item) => item.body as unknown as Waiting);
  return withWaiting(task, wantedBy("scan"), wantedBy("short"));
}
