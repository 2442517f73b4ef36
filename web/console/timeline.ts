// The timeline of an order: what has happened, from all services, in the order of time. An entry never changes and never
// disappears. What may still change is elsewhere: what is planned in plan.ts, the present state in the verdict and the parts.
import type {
  Attempt,
  OrderReport,
  EventRow,
  HoldRow,
  LedgerEntry,
  Names,
  StaffAction,
  TaskWork,
} from "./api_types";
import { isTime, money } from "./format";
import { t } from "./texts";
import { accountName, codeText } from "./code_texts";

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
  "notice",
] as const;
export type Kind = (typeof kinds)[number];
export type Tone = "plain" | "good" | "warning" | "bad";

export interface TimelineEntry {
  at: string;
  kind: Kind;
  title: string;
  note: string;
  tone: Tone;
  id: string;
}

const badStates = new Set(["CANCELLED", "EXPIRED", "REFUNDED", "RETURNED"]);
const stateTone = (status: string): Tone =>
  badStates.has(status) ? "warning" : status === "PAID" || status === "DELIVERED" ? "good" : "plain";

// A service that acted by itself has a name of its own.
const nameIn = (names: Names, id: string): string => names[id] ?? codeText("module", id);

export const heldGoods = (hold: HoldRow, names: Names): string =>
  hold.placements
    .map((part) => `${part.quantity} × ${nameIn(names, part.sku_id)} · ${nameIn(names, part.site_id)}`)
    .join("; ");

function ofHold(hold: HoldRow, names: Names): TimelineEntry {
  const number = hold.attempt > 1 ? ` ${t("attempt")} ${hold.attempt}` : "";
  return {
    at: hold.created_at,
    kind: "hold",
    title: `${t("heldGoods")}${number}`,
    note: heldGoods(hold, names),
    tone: "plain",
    id: "",
  };
}

function ofAttempt(attempt: Attempt): TimelineEntry {
  return {
    at: attempt.created_at,
    kind: "payment",
    title: `${t("paymentBegun")}: ${codeText("method", attempt.method)}, ${money(attempt.payment.amount)}`,
    note: attempt.bank_payment_id,
    tone: "plain",
    id: attempt.payment.payment_id,
  };
}

function ofEntry(entry: LedgerEntry): TimelineEntry {
  const lines = entry.postings.map(
    (line) =>
      `${accountName(line.account)} ${money({ amount_minor: line.amount_minor, currency: entry.currency })}`,
  );
  return {
    at: entry.at,
    kind: "ledger",
    title: `${t("ledgerEntry")}: ${codeText("document", entry.document)}`,
    note: lines.join(" · "),
    tone: entry.postings.some((line) => line.account.startsWith("suspense:")) ? "warning" : "plain",
    id: entry.entry_id,
  };
}

function ofTask(work: TaskWork, names: Names): TimelineEntry[] {
  const { task } = work;
  const goods = new Map(task.lines.map((line) => [line.barcode, nameIn(names, line.sku_id)]));
  const total = task.lines.reduce((sum, line) => sum + line.quantity, 0);
  const entries: TimelineEntry[] = [
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
    entries.push({
      at: scan.at,
      kind: "scan",
      title: `${t("scanned")}: ${scan.quantity} × ${goods.get(scan.barcode) ?? scan.barcode}`,
      note: `${scan.bin}, ${nameIn(names, scan.by_whom)}`,
      tone: "plain",
      id: task.task_id,
    });
  }
  return entries;
}

export function actionTitle(action: StaffAction, names: Names): string {
  const units = action.units.map(({ sku_id, quantity }) => `${quantity} × ${nameIn(names, sku_id)}`);
  const asked = codeText("action", action.kind);
  return units.length === 0 ? asked : `${asked}: ${units.join(", ")}`;
}

// Who asked for what, and why. The outcome comes later, so it is not part of the entry.
function ofAction(action: StaffAction, names: Names): TimelineEntry {
  return {
    at: action.at,
    kind: "action",
    title: actionTitle(action, names),
    note: `${nameIn(names, action.by_whom)}: ${action.reason}`,
    tone: "warning",
    id: action.action_id,
  };
}

// Events that tell a payment's status; other events are named by their type.
const spoken: Record<string, string> = {
  "payments.PaymentAuthorised": "AUTHORISED",
  "payments.PaymentCaptured": "CAPTURED",
  "payments.PaymentDeclined": "DECLINED",
  "payments.PaymentRefunded": "REFUNDED",
};
const toneOfPayment: Record<string, Tone> = { CAPTURED: "good", DECLINED: "bad", REFUNDED: "warning" };

function ofEvent(event: EventRow): TimelineEntry {
  const status = spoken[event.type];
  return {
    at: event.created_at,
    kind: status === undefined ? "event" : "payment",
    title:
      status === undefined
        ? codeText("event", event.type)
        : `${t("paymentIs")}: ${codeText("payment", status)}`,
    note: "",
    tone: (status === undefined ? undefined : toneOfPayment[status]) ?? "plain",
    id: event.event_id,
  };
}

function entriesOf(report: OrderReport): TimelineEntry[] {
  const { inspection, money: cash, work, names } = report;
  const entries: TimelineEntry[] = [];
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
      title: codeText("status", step.status),
      note: "",
      tone: stateTone(step.status),
      id: "",
    });
  }
  for (const action of inspection.actions) entries.push(ofAction(action, names));
  for (const hold of report.holds) entries.push(ofHold(hold, names));
  for (const attempt of cash.attempts) entries.push(ofAttempt(attempt));
  for (const hook of cash.webhooks) {
    entries.push({
      at: hook.received_at,
      kind: "webhook",
      title: codeText("webhook", hook.type),
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
      note: [gap.bin, codeText("reason", gap.reason), nameIn(names, gap.by_whom)].join(", "),
      tone: "warning",
      id: gap.short_id,
    });
  }
  for (const move of work.movements) {
    const title = `${codeText("movement", move.kind)}: ${move.quantity} × ${nameIn(names, move.sku_id)}`;
    entries.push({
      at: move.at,
      kind: "movement",
      title,
      note: `${nameIn(names, move.site_id)} ${move.bin}, ${nameIn(names, move.by_whom)}`,
      tone: "plain",
      id: move.movement_id,
    });
  }
  for (const event of report.events) entries.push(ofEvent(event));
  for (const notice of report.notices) {
    entries.push({ at: notice.at, kind: "notice", title: notice.message, note: "", tone: "plain", id: "" });
  }
  return entries;
}

// The oldest first. Of two at the same moment the cause stands before its event.
export function timeline(report: OrderReport): TimelineEntry[] {
  return entriesOf(report).sort(
    (a, b) => a.at.localeCompare(b.at) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
  );
}

export function countByKind(entries: TimelineEntry[]): Map<Kind, number> {
  const counts = new Map<Kind, number>();
  for (const entry of entries) counts.set(entry.kind, (counts.get(entry.kind) ?? 0) + 1);
  return counts;
}
