// What may be done to an order, judged from its facts; the server judges again.
import type { ActionKind, OrderReport, StaffAction } from "./api_types";

const unpacked = new Set(["PENDING_PAYMENT", "PAID", "ASSEMBLING"]);
const closed = new Set(["CANCELLED", "EXPIRED", "REFUNDED"]);
const undecided = new Set(["PROCESSING", "REQUIRES_ACTION", "AUTHORISED"]);

export interface OpenUnits {
  sku_id: string;
  title: string;
  quantity: number;
}

// Units that the order still waits for, equal ones together.
export function openUnits(report: OrderReport): OpenUnits[] {
  const { units, order } = report.inspection;
  const found = new Map<string, OpenUnits>();
  for (const unit of units) {
    if (unit.status !== order.status) continue;
    const known = found.get(unit.sku_id);
    if (known !== undefined) known.quantity += 1;
    else found.set(unit.sku_id, { sku_id: unit.sku_id, title: unit.title, quantity: 1 });
  }
  return [...found.values()];
}

export function possibleActions(report: OrderReport): ActionKind[] {
  const { order } = report.inspection;
  const attempt = report.money.attempts.at(-1);
  const hold = report.holds.at(-1);
  const found: ActionKind[] = [];
  const isHeld = hold !== undefined && (hold.state === "HELD" || hold.state === "PAYING");
  const many = openUnits(report).reduce((sum, unit) => sum + unit.quantity, 0) > 1;
  if (attempt !== undefined && undecided.has(attempt.payment.status)) found.push("ask_bank");
  if (unpacked.has(order.status) && !order.cancel_requested) found.push("cancel");
  if (unpacked.has(order.status) && order.was_paid && !order.cancel_requested && many)
    found.push("refund_items");
  if (closed.has(order.status) && !order.was_paid && isHeld) found.push("release_hold");
  if (report.notices.length > 0) found.push("resend_notice");
  return found;
}

export const actionPath = (order: string): string => `/api/v1/orders/${encodeURIComponent(order)}/actions`;

export type ActionAnswer = StaffAction;
