import { describe, expect, it } from "vitest";
import { openUnits, possibleActions } from "../../console/actions";
import type { HoldRow, OrderReport, OrderStatus, Unit } from "../../console/api_types";
import { orderReport } from "./order_report";

function unit(sku: string, status: OrderStatus): Unit {
  return {
    item_id: `itm_${Math.random()}`,
    sku_id: sku,
    product_id: "prd_1",
    seller_id: "sel_1",
    title: `Title of ${sku}`,
    options: {},
    price: { amount_minor: 100, currency: "RUB" },
    price_version: 1,
    status,
  };
}

function order(status: OrderStatus, change: Partial<OrderReport["inspection"]["order"]> = {}): OrderReport {
  const made = orderReport();
  made.inspection.order = { ...made.inspection.order, status, ...change };
  made.inspection.units = [unit("sku_1", status), unit("sku_1", status), unit("sku_2", status)];
  return made;
}

describe("what may be done to an order", () => {
  it("is cancelling or refunding a part while it is not packed", () => {
    expect(possibleActions(order("PAID"))).toEqual(["cancel", "refund_items"]);
    expect(possibleActions(order("ASSEMBLING"))).toEqual(["cancel", "refund_items"]);
    expect(possibleActions(order("READY_TO_SHIP"))).toEqual([]);
    expect(possibleActions(order("PENDING_PAYMENT", { was_paid: false }))).toEqual(["cancel"]);
    expect(possibleActions(order("PAID", { cancel_requested: true }))).toEqual([]);
  });

  it("is releasing a hold only once the order is closed unpaid", () => {
    const hold: HoldRow = {
      order_id: "ord_1",
      attempt: 1,
      state: "HELD",
      version: 1,
      created_at: "2026-11-24T10:00:00.000Z",
      expires_at: "2026-11-24T10:15:00.000Z",
      placements: [],
    };
    const closed = order("CANCELLED", { was_paid: false });
    expect(possibleActions({ ...closed, holds: [hold] })).toEqual(["release_hold"]);
    expect(possibleActions({ ...closed, holds: [{ ...hold, state: "RELEASED" }] })).toEqual([]);
    expect(possibleActions({ ...order("PENDING_PAYMENT", { was_paid: false }), holds: [hold] })).toEqual([
      "cancel",
    ]);
  });

  it("offers equal units together, and none that are gone", () => {
    const some = order("PAID");
    some.inspection.units.push(unit("sku_2", "CANCELLED"));
    expect(openUnits(some)).toEqual([
      { sku_id: "sku_1", title: "Title of sku_1", quantity: 2 },
      { sku_id: "sku_2", title: "Title of sku_2", quantity: 1 },
    ]);
  });
});
