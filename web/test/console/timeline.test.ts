import { beforeEach, describe, expect, it } from "vitest";
import type { EventRow, JobRow } from "../../console/facts";
import { countByKind, timeline } from "../../console/timeline";
import { dossier } from "./dossier";

const now = Date.parse("2026-11-24T10:05:00.000Z");

function event(receipts: EventRow["receipts"]): EventRow {
  return {
    publisher: "orders",
    seq: 7,
    event_id: "evt_1",
    type: "orders.OrderPaid",
    trace_id: "",
    created_at: "2026-11-24T10:01:00.000Z",
    receipts,
    payload: "",
  };
}

function job(change: Partial<JobRow>): JobRow {
  return {
    module: "orders",
    job_id: "job_1",
    type: "orders.AdvanceOrder",
    key: "ord_1",
    trace_id: "",
    created_at: "2026-11-24T10:02:00.000Z",
    run_at: "2026-11-24T10:30:00.000Z",
    attempts: 0,
    last_error: "",
    ...change,
  };
}

const taken = {
  consumer: "inventory",
  state: "taken",
  at: "2026-11-24T10:01:01.000Z",
  attempts: 0,
  last_error: "",
};
const waiting = { consumer: "warehouse", state: "waiting", attempts: 0, last_error: "" };

describe("the story of an order", () => {
  beforeEach(() => {
    document.documentElement.lang = "en";
  });

  it("goes by time, and at one moment the cause stands before its news", () => {
    const story = timeline(dossier({ events: [event([taken])] }), now);
    expect(story.map((entry) => entry.kind)).toEqual(["state", "state", "event"]);
    expect(story[1]?.title).toBe("Paid");
    expect(story[2]?.title).toBe("Order paid");
  });

  it("tells who gave an event up when they did", () => {
    const at = "2026-11-24T10:04:00.000Z";
    const dead = { ...waiting, state: "dead", at, attempts: 20, last_error: "no such site" };
    const story = timeline(dossier({ events: [event([dead])] }), now);
    expect(story[2]).toMatchObject({ title: "Order paid", tone: "plain" });
    expect(story[3]).toMatchObject({ at, tone: "bad", note: "no such site" });
  });

  it("never tells what has happened otherwise than it did before", () => {
    const task = {
      task_id: "tsk_1",
      type: "pick",
      site_id: "site_a",
      status: "open",
      created_at: "2026-11-24T10:01:02.000Z",
      lines: [{ sku_id: "sku_1", barcode: "1", bin: "A", quantity: 3, picked: 0, missing: 0 }],
    };
    const gap = {
      short_id: "short_1",
      task_id: "tsk_1",
      sku_id: "sku_1",
      bin: "A",
      quantity: 1,
      reason: "not_found",
      by_whom: "usr_1",
      at: "2026-11-24T10:02:00.000Z",
      decided: false,
    };
    const refund = {
      key: "short_1",
      amount: { amount_minor: 100, currency: "RUB" },
      done: false,
      created_at: "2026-11-24T10:02:01.000Z",
    };
    const hook = {
      event_id: "bev_1",
      type: "payment.captured",
      received_at: "2026-11-24T10:00:30.000Z",
      applied: false,
      provider: "sandbox",
      payment_id: "pay_1",
    };
    const attempt = {
      payment: { payment_id: "pay_1", status: "AUTHORISED", amount: { amount_minor: 300, currency: "RUB" } },
      order_id: "ord_1",
      user_id: "usr_1",
      provider: "sandbox",
      method: "card",
      bank_payment_id: "bpy_1",
      created_at: "2026-11-24T10:00:01.000Z",
      updated_at: "2026-11-24T10:00:20.000Z",
      end_wished: false,
      late: false,
      captured_minor: 0,
      refunded_minor: 0,
      session_expires_at: "2026-11-24T10:15:00.000Z",
      checks: 0,
    };
    const before = dossier({
      events: [event([waiting])],
      money: { attempts: [attempt], entries: [], webhooks: [hook], refunds: [refund] },
      work: { known: true, tasks: [{ task, scans: [] }], movements: [], shorts: [gap] },
    });
    const payment = { ...attempt.payment, status: "REFUNDED" };
    const later = dossier({
      events: [event([taken])],
      money: {
        attempts: [{ ...attempt, payment, updated_at: "2026-11-24T10:04:00.000Z" }],
        entries: [],
        webhooks: [{ ...hook, applied: true }],
        refunds: [{ ...refund, done: true }],
      },
      work: {
        known: true,
        tasks: [
          {
            task: {
              ...task,
              status: "done",
              package_barcode: "PKG-1",
              lines: [{ ...task.lines[0]!, picked: 2, missing: 1 }],
            },
            scans: [],
          },
        ],
        movements: [],
        shorts: [{ ...gap, decided: true }],
      },
    });
    expect(timeline(later, now)).toEqual(timeline(before, now));
  });

  it("tells what staff did, who did it and why", () => {
    const story = dossier({ names: { usr_7: "vera" } });
    story.inspection.actions = [
      {
        action_id: "act_1",
        kind: "refund_items",
        state: "done",
        units: [{ sku_id: "sku_1", quantity: 2 }],
        reason: "the buyer called",
        by_whom: "usr_7",
        at: "2026-11-24T10:03:00.000Z",
      },
    ];
    expect(timeline(story, now).at(-1)).toMatchObject({
      kind: "action",
      title: "Some items refunded: 2 × sku_1",
      note: "vera: the buyer called",
    });
  });

  it("marks what is still to come", () => {
    const story = timeline(dossier({ jobs: [job({})] }), now);
    expect(story.at(-1)).toMatchObject({ kind: "job", future: true, tone: "plain" });
    expect(story.filter((entry) => entry.future)).toHaveLength(1);
  });

  it("tells a job that was given up when it was", () => {
    const story = timeline(
      dossier({ jobs: [job({ dead_at: "2026-11-24T10:04:00.000Z", last_error: "why" })] }),
      now,
    );
    expect(story.at(-1)).toMatchObject({
      kind: "job",
      tone: "bad",
      note: "why",
      at: "2026-11-24T10:04:00.000Z",
    });
  });

  it("shows an open hold's end, and none of a hold that is over", () => {
    const hold = {
      order_id: "ord_1",
      attempt: 1,
      state: "HELD",
      version: 1,
      created_at: "2026-11-24T10:00:00.100Z",
      expires_at: "2026-11-24T10:15:00.000Z",
      placements: [{ sku_id: "sku_1", site_id: "site_a", quantity: 2 }],
    };
    const open = timeline(dossier({ holds: [hold] }), now).filter((entry) => entry.kind === "hold");
    expect(open.map((entry) => entry.future)).toEqual([false, true]);
    const over = timeline(dossier({ holds: [{ ...hold, state: "CLAIMED" }] }), now);
    expect(over.filter((entry) => entry.kind === "hold")).toHaveLength(1);
  });

  it("points at money in suspense", () => {
    const story = timeline(
      dossier({
        money: {
          attempts: [],
          refunds: [],
          entries: [
            {
              entry_id: "ent_1",
              document: "capture",
              key: "pay_1",
              currency: "RUB",
              at: "2026-11-24T10:03:00.000Z",
              postings: [
                { account: "psp:sandbox", amount_minor: 100 },
                { account: "suspense:late_payment", amount_minor: -100 },
              ],
            },
          ],
          webhooks: [
            {
              event_id: "bev_1",
              type: "payment.captured",
              received_at: "2026-11-24T10:02:59.000Z",
              applied: false,
              provider: "sandbox",
              payment_id: "pay_1",
            },
          ],
        },
      }),
      now,
    );
    expect(story.find((entry) => entry.kind === "ledger")?.tone).toBe("warning");
    expect(countByKind(story).get("state")).toBe(2);
  });

  it("is told as well when orders itself could not be read", () => {
    const nothing = dossier();
    nothing.inspection.order.created_at = "1970-01-01T00:00:00.000Z";
    nothing.inspection.history = [];
    expect(timeline(nothing, now)).toEqual([]);
  });
});
