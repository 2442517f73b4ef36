// An order's facts from all services as one story in the order of time.
import type { Attempt, Dossier, EventRow, HoldRow, JobRow, LedgerEntry, TaskWork } from "./facts";
import { isTime, money } from "./shown";
import { t } from "./texts";
import { wordOf } from "./words";

export const kinds = [
  "state",
  "hold",
  "payment",
  "webhook",
  "ledger",
  "task",
  "scan",
  "movement",
  "event",
  "job",
  "notice",
] as const;
export type Kind = (typeof kinds)[number];
export type Tone = "plain" | "good" | "warning" | "bad";

export interface Entry {
  at: string;
  kind: Kind;
  title: string;
  note: string;
  tone: Tone;
  future: boolean;
  id: string;
}

type Told = Omit<Entry, "future">;

const badStates = new Set(["CANCELLED", "EXPIRED", "REFUNDED", "RETURNED"]);
const stateTone = (status: string): Tone =>
  badStates.has(status) ? "warning" : status === "PAID" || status === "DELIVERED" ? "good" : "plain";

function ofHold(hold: HoldRow): Told[] {
  const number = hold.attempt > 1 ? ` ${t("attempt")} ${hold.attempt}` : "";
  const goods = hold.placements
    .map((part) => `${part.quantity} × ${part.sku_id} @ ${part.site_id}`)
    .join(", ");
  const told: Told[] = [
    {
      at: hold.created_at,
      kind: "hold",
      title: `${t("heldGoods")}${number}`,
      note: goods,
      tone: "plain",
      id: "",
    },
  ];
  if (hold.state === "HELD") {
    told.push({
      at: hold.expires_at,
      kind: "hold",
      title: t("holdEnds"),
      note: goods,
      tone: "warning",
      id: "",
    });
  }
  return told;
}

function ofAttempt(attempt: Attempt): Told[] {
  const id = attempt.payment.payment_id;
  const sum = money(attempt.payment.amount);
  const told: Told[] = [
    {
      at: attempt.created_at,
      kind: "payment",
      title: `${t("paymentBegun")}: ${attempt.method}, ${sum}`,
      note: attempt.bank_payment_id,
      tone: "plain",
      id,
    },
  ];
  if (attempt.updated_at !== attempt.created_at) {
    const status = attempt.payment.status;
    told.push({
      at: attempt.updated_at,
      kind: "payment",
      title: `${t("paymentIs")}: ${wordOf("payment", status)}`,
      note: attempt.payment.decline_reason ?? "",
      tone: status === "CAPTURED" ? "good" : status === "DECLINED" ? "bad" : "plain",
      id,
    });
  }
  if (isTime(attempt.next_check_at)) {
    told.push({
      at: attempt.next_check_at,
      kind: "payment",
      title: t("bankAsked"),
      note: "",
      tone: "plain",
      id,
    });
  }
  return told;
}

function ofEntry(entry: LedgerEntry): Told {
  const lines = entry.postings.map(
    (line) => `${line.account} ${money({ amount_minor: line.amount_minor, currency: entry.currency })}`,
  );
  return {
    at: entry.at,
    kind: "ledger",
    title: `${t("ledgerEntry")}: ${entry.document}`,
    note: lines.join(" · "),
    tone: entry.postings.some((line) => line.account.startsWith("suspense:")) ? "warning" : "plain",
    id: entry.entry_id,
  };
}

function ofTask(work: TaskWork): Told[] {
  const { task } = work;
  const picked = task.lines.reduce((sum, line) => sum + line.picked, 0);
  const total = task.lines.reduce((sum, line) => sum + line.quantity, 0);
  const told: Told[] = [
    {
      at: task.created_at,
      kind: "task",
      title: `${t("taskMade")}: ${task.site_id}`,
      note: `${wordOf("task", task.status)}, ${picked}/${total}${task.package_barcode ? `, ${task.package_barcode}` : ""}`,
      tone: task.status === "cancelled" ? "warning" : "plain",
      id: task.task_id,
    },
  ];
  for (const scan of work.scans) {
    told.push({
      at: scan.at,
      kind: "scan",
      title: `${t("scanned")}: ${scan.quantity} × ${scan.barcode}`,
      note: `${scan.bin}, ${scan.by_whom}`,
      tone: "plain",
      id: task.task_id,
    });
  }
  return told;
}

function ofEvent(event: EventRow): Told {
  const dead = event.receipts.some((receipt) => receipt.state === "dead");
  const waiting = event.receipts
    .filter((receipt) => receipt.state === "waiting")
    .map((receipt) => receipt.consumer);
  const taken = event.receipts
    .filter((receipt) => receipt.state === "taken")
    .map((receipt) => receipt.consumer);
  const notes = [
    taken.length > 0 ? `${t("takenBy")} ${taken.join(", ")}` : "",
    waiting.length > 0 ? `${t("waitsFor")} ${waiting.join(", ")}` : "",
    ...event.receipts
      .filter((receipt) => receipt.state === "dead")
      .map((receipt) => `${receipt.consumer}: ${receipt.last_error}`),
  ];
  return {
    at: event.created_at,
    kind: "event",
    title: event.type,
    note: notes.filter((note) => note !== "").join(" · "),
    tone: dead ? "bad" : waiting.length > 0 ? "warning" : "plain",
    id: event.event_id,
  };
}

function ofJob(job: JobRow): Told {
  if (isTime(job.dead_at)) {
    return {
      at: job.dead_at,
      kind: "job",
      title: `${t("jobDead")}: ${job.type}`,
      note: job.last_error,
      tone: "bad",
      id: job.job_id,
    };
  }
  const tried = job.attempts > 0 ? `${t("attempts")}: ${job.attempts}. ` : "";
  return {
    at: job.run_at,
    kind: "job",
    title: `${t("jobRuns")}: ${job.type}`,
    note: `${tried}${job.last_error}`,
    tone: job.last_error === "" ? "plain" : "warning",
    id: job.job_id,
  };
}

function told(dossier: Dossier): Told[] {
  const { inspection, money: cash, work } = dossier;
  const entries: Told[] = [];
  if (isTime(inspection.order.created_at)) {
    entries.push({
      at: inspection.order.created_at,
      kind: "state",
      title: t("orderMade"),
      note: inspection.trace_id,
      tone: "plain",
      id: "",
    });
  }
  for (const step of inspection.history) {
    entries.push({
      at: step.at,
      kind: "state",
      title: wordOf("status", step.status),
      note: "",
      tone: stateTone(step.status),
      id: "",
    });
  }
  for (const hold of dossier.holds) entries.push(...ofHold(hold));
  for (const attempt of cash.attempts) entries.push(...ofAttempt(attempt));
  for (const hook of cash.webhooks) {
    const note = `${hook.event_id}, ${hook.applied ? t("applied") : t("notApplied")}`;
    entries.push({
      at: hook.received_at,
      kind: "webhook",
      title: hook.type,
      note,
      tone: hook.applied ? "plain" : "bad",
      id: hook.event_id,
    });
  }
  for (const entry of cash.entries) entries.push(ofEntry(entry));
  for (const refund of cash.refunds) {
    const title = `${t("partRefund")}: ${money(refund.amount)}`;
    entries.push({
      at: refund.created_at,
      kind: "payment",
      title,
      note: refund.done ? t("refunded") : t("toRefund"),
      tone: refund.done ? "plain" : "warning",
      id: refund.key,
    });
  }
  for (const task of work.tasks) entries.push(...ofTask(task));
  for (const gap of work.shorts) {
    entries.push({
      at: gap.at,
      kind: "task",
      title: `${t("notFoundGoods")}: ${gap.quantity} × ${gap.sku_id}`,
      note: `${gap.bin}, ${wordOf("reason", gap.reason)}, ${gap.decided ? t("decided") : t("undecided")}`,
      tone: gap.decided ? "warning" : "bad",
      id: gap.short_id,
    });
  }
  for (const move of work.movements) {
    const title = `${wordOf("movement", move.kind)}: ${move.quantity} × ${move.sku_id}`;
    entries.push({
      at: move.at,
      kind: "movement",
      title,
      note: `${move.site_id} ${move.bin}, ${move.by_whom}`,
      tone: "plain",
      id: move.movement_id,
    });
  }
  for (const event of dossier.events) entries.push(ofEvent(event));
  for (const job of dossier.jobs) entries.push(ofJob(job));
  for (const notice of dossier.notices) {
    entries.push({ at: notice.at, kind: "notice", title: notice.message, note: "", tone: "plain", id: "" });
  }
  return entries;
}

// The oldest first. What is still to come is marked; of two at the same moment the cause stands before its news.
export function timeline(dossier: Dossier, now: number): Entry[] {
  return told(dossier)
    .map((entry) => ({ ...entry, future: new Date(entry.at).getTime() > now }))
    .sort((a, b) => a.at.localeCompare(b.at) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

export function countByKind(entries: Entry[]): Map<Kind, number> {
  const counts = new Map<Kind, number>();
  for (const entry of entries) counts.set(entry.kind, (counts.get(entry.kind) ?? 0) + 1);
  return counts;
}
