// An order's facts from all services as one story in the order of time. What happened is told as it was then and never
// told otherwise later: how things stand now is in the verdict and in the parts. Only what is still to come may change.
import type {
  Attempt,
  Dossier,
  EventRow,
  HoldRow,
  JobRow,
  LedgerEntry,
  Names,
  StaffAction,
  TaskWork,
} from "./facts";
import { isTime, money } from "./shown";
import { t } from "./texts";
import { accountName, wordOf } from "./words";

export const kinds = [
  "action",
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

// What a service did of itself is its own.
const nameIn = (names: Names, id: string): string => names[id] ?? wordOf("module", id);

function ofHold(hold: HoldRow, names: Names): Told[] {
  const number = hold.attempt > 1 ? ` ${t("attempt")} ${hold.attempt}` : "";
  const goods = hold.placements
    .map((part) => `${part.quantity} × ${nameIn(names, part.sku_id)} · ${nameIn(names, part.site_id)}`)
    .join("; ");
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
      title: `${t("paymentBegun")}: ${wordOf("method", attempt.method)}, ${sum}`,
      note: attempt.bank_payment_id,
      tone: "plain",
      id,
    },
  ];
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
    (line) =>
      `${accountName(line.account)} ${money({ amount_minor: line.amount_minor, currency: entry.currency })}`,
  );
  return {
    at: entry.at,
    kind: "ledger",
    title: `${t("ledgerEntry")}: ${wordOf("document", entry.document)}`,
    note: lines.join(" · "),
    tone: entry.postings.some((line) => line.account.startsWith("suspense:")) ? "warning" : "plain",
    id: entry.entry_id,
  };
}

function ofTask(work: TaskWork, names: Names): Told[] {
  const { task } = work;
  const goods = new Map(task.lines.map((line) => [line.barcode, nameIn(names, line.sku_id)]));
  const total = task.lines.reduce((sum, line) => sum + line.quantity, 0);
  const told: Told[] = [
    {
      at: task.created_at,
      kind: "task",
      title: `${t("taskMade")}: ${nameIn(names, task.site_id)}`,
      note: `${t("units")}: ${total}`,
      tone: "plain",
      id: task.task_id,
    },
  ];
  for (const scan of work.scans) {
    told.push({
      at: scan.at,
      kind: "scan",
      title: `${t("scanned")}: ${scan.quantity} × ${goods.get(scan.barcode) ?? scan.barcode}`,
      note: `${scan.bin}, ${nameIn(names, scan.by_whom)}`,
      tone: "plain",
      id: task.task_id,
    });
  }
  return told;
}

// Who did what, and why.
function ofAction(action: StaffAction, dossier: Dossier): Told {
  const units = action.units.map(({ sku_id, quantity }) => `${quantity} × ${nameIn(dossier.names, sku_id)}`);
  const asked = wordOf("action", action.kind);
  const what = action.state === "done" ? asked : `${asked} (${wordOf("actionState", action.state)})`;
  return {
    at: action.at,
    kind: "action",
    title: units.length === 0 ? what : `${what}: ${units.join(", ")}`,
    note: `${nameIn(dossier.names, action.by_whom)}: ${action.reason}`,
    tone: "warning",
    id: action.action_id,
  };
}

// What the bank said, in the words of payments; the rest by its type.
const spoken: Record<string, string> = {
  "payments.PaymentAuthorised": "AUTHORISED",
  "payments.PaymentCaptured": "CAPTURED",
  "payments.PaymentDeclined": "DECLINED",
  "payments.PaymentRefunded": "REFUNDED",
};
const toneOfPayment: Record<string, Tone> = { CAPTURED: "good", DECLINED: "bad", REFUNDED: "warning" };

function ofEvent(event: EventRow): Told[] {
  const status = spoken[event.type];
  const told: Told[] = [
    {
      at: event.created_at,
      kind: status === undefined ? "event" : "payment",
      title:
        status === undefined
          ? wordOf("event", event.type)
          : `${t("paymentIs")}: ${wordOf("payment", status)}`,
      note: "",
      tone: (status === undefined ? undefined : toneOfPayment[status]) ?? "plain",
      id: event.event_id,
    },
  ];
  for (const receipt of event.receipts) {
    if (receipt.state !== "dead" || !isTime(receipt.at)) continue;
    told.push({
      at: receipt.at,
      kind: "event",
      title: `${t("gaveUp")} ${wordOf("event", event.type)} → ${wordOf("module", receipt.consumer)}`,
      note: receipt.last_error,
      tone: "bad",
      id: event.event_id,
    });
  }
  return told;
}

function ofJob(job: JobRow): Told {
  if (isTime(job.dead_at)) {
    return {
      at: job.dead_at,
      kind: "job",
      title: `${t("jobDead")}: ${wordOf("job", job.type)}`,
      note: job.last_error,
      tone: "bad",
      id: job.job_id,
    };
  }
  const tried = job.attempts > 0 ? `${t("attempts")}: ${job.attempts}. ` : "";
  return {
    at: job.run_at,
    kind: "job",
    title: `${t("jobRuns")}: ${wordOf("job", job.type)}`,
    note: `${tried}${job.last_error}`,
    tone: job.last_error === "" ? "plain" : "warning",
    id: job.job_id,
  };
}

function told(dossier: Dossier): Told[] {
  const { inspection, money: cash, work, names } = dossier;
  const entries: Told[] = [];
  if (isTime(inspection.order.created_at)) {
    entries.push({
      at: inspection.order.created_at,
      kind: "state",
      title: t("orderMade"),
      note: "",
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
  for (const action of inspection.actions) entries.push(ofAction(action, dossier));
  for (const hold of dossier.holds) entries.push(...ofHold(hold, names));
  for (const attempt of cash.attempts) entries.push(...ofAttempt(attempt));
  for (const hook of cash.webhooks) {
    entries.push({
      at: hook.received_at,
      kind: "webhook",
      title: wordOf("webhook", hook.type),
      note: "",
      tone: "plain",
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
      note: "",
      tone: "warning",
      id: refund.key,
    });
  }
  for (const task of work.tasks) entries.push(...ofTask(task, names));
  for (const gap of work.shorts) {
    entries.push({
      at: gap.at,
      kind: "task",
      title: `${t(gap.reason === "called_off" ? "calledOffGoods" : "notFoundGoods")}: ${gap.quantity} × ${nameIn(names, gap.sku_id)}`,
      note: [gap.bin, wordOf("reason", gap.reason), nameIn(names, gap.by_whom)].join(", "),
      tone: "warning",
      id: gap.short_id,
    });
  }
  for (const move of work.movements) {
    const title = `${wordOf("movement", move.kind)}: ${move.quantity} × ${nameIn(names, move.sku_id)}`;
    entries.push({
      at: move.at,
      kind: "movement",
      title,
      note: `${nameIn(names, move.site_id)} ${move.bin}, ${nameIn(names, move.by_whom)}`,
      tone: "plain",
      id: move.movement_id,
    });
  }
  for (const event of dossier.events) entries.push(...ofEvent(event));
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
