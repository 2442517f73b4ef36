import { beforeEach, describe, expect, it } from "vitest";
import type {
  Attempt,
  EventRow,
  HoldRow,
  JobRow,
  OrderReport,
  ShortRow,
  StaffAction,
  TaskWork,
} from "../../console/api_types";

import { plan } from "../../console/plan";
import { countByKind, timeline } from "../../console/timeline";
import { orderReport } from "./order_report";

const now = Date.parse("2026-11-24T10:05:00.000Z");
const early = "2026-11-24T10:04:00.000Z";
const late = "2026-11-24T10:15:00.000Z";

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

type Receipt = EventRow["receipts"][number];
const unseen = { redirect_url: "", attempt: 1, attempts_left: 4 };

const taken: Receipt = {
  consumer: "inventory",
  state: "taken",
  at: "2026-11-24T10:01:01.000Z",
  attempts: 0,
  last_error: "",
};
const waiting: Receipt = { consumer: "warehouse", state: "waiting", attempts: 0, last_error: "" };

describe("the timeline of an order", () => {
  beforeEach(() => {
    document.documentElement.lang = "en";
  });

  it("goes by time, and at one moment the cause stands before its news", () => {
    const entries = timeline(orderReport({ events: [event([taken])] }));
    expect(entries.map((entry) => entry.kind)).toEqual(["state", "state", "event"]);
    expect(entries[1]?.title).toBe("Paid");
    expect(entries[2]?.title).toBe("Order paid");
  });

  it("never changes an entry when the order moves on", () => {
    const task: TaskWork["task"] = {
      task_id: "tsk_1",
      type: "pick",
      order_id: "ord_1",
      site_id: "site_a",
      status: "open",
      created_at: "2026-11-24T10:01:02.000Z",
      lines: [{ sku_id: "sku_1", barcode: "1", bin: "A", quantity: 3, picked: 0, missing: 0 }],
    };
    const gap: ShortRow = {
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
    const attempt: Attempt = {
      payment: {
        payment_id: "pay_1",
        status: "AUTHORISED",
        amount: { amount_minor: 300, currency: "RUB" },
        ...unseen,
      },
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
    const before = orderReport({
      events: [event([waiting])],
      money: { attempts: [attempt], entries: [], webhooks: [hook], refunds: [refund] },
      work: { known: true, tasks: [{ task, scans: [] }], movements: [], shorts: [gap] },
    });
    const payment: Attempt["payment"] = { ...attempt.payment, status: "REFUNDED" };
    const later = orderReport({
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
    expect(timeline(later)).toEqual(timeline(before));
  });

  it("shows what staff asked for, who did and why", () => {
    const entries = orderReport({ names: { usr_7: "vera" } });
    entries.inspection.actions = [
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
    expect(timeline(entries).at(-1)).toMatchObject({
      kind: "action",
      title: "Refund of items requested: 2 × sku_1",
      note: "vera: the buyer called",
    });
  });

  it("points at money in suspense", () => {
    const entries = timeline(
      orderReport({
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
    );
    expect(entries.find((entry) => entry.kind === "ledger")?.tone).toBe("warning");
    expect(countByKind(entries).get("state")).toBe(2);
  });

  it("is told as well when orders itself could not be read", () => {
    const nothing = orderReport();
    nothing.inspection.order.created_at = "1970-01-01T00:00:00.000Z";
    nothing.inspection.history = [];
    expect(timeline(nothing)).toEqual([]);
  });
});

const hold: HoldRow = {
  order_id: "ord_1",
  attempt: 1,
  state: "HELD",
  version: 1,
  created_at: "2026-11-24T10:00:00.100Z",
  expires_at: late,
  placements: [{ sku_id: "sku_1", site_id: "site_a", quantity: 2 }],
};
const attempt: Attempt = {
  payment: {
    payment_id: "pay_1",
    status: "PROCESSING",
    amount: { amount_minor: 300, currency: "RUB" },
    ...unseen,
  },
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
  session_expires_at: late,
  checks: 0,
};
const refund: StaffAction = {
  action_id: "act_1",
  kind: "refund_items",
  state: "wished",
  units: [{ sku_id: "sku_1", quantity: 2 }],
  reason: "the buyer called",
  by_whom: "usr_7",
  at: "2026-11-24T10:03:00.000Z",
};

// Everything that is planned, due at `at`.
function planned(at: string): OrderReport {
  return orderReport({
    holds: [{ ...hold, expires_at: at }],
    money: { attempts: [{ ...attempt, next_check_at: at }], entries: [], webhooks: [], refunds: [] },
    jobs: [job({ run_at: at })],
  });
}

function withAction(state: StaffAction["state"]): OrderReport {
  const order = orderReport();
  order.inspection.actions = [{ ...refund, state }];
  return order;
}

describe("the plan of an order", () => {
  beforeEach(() => {
    document.documentElement.lang = "en";
  });

  it("has what is due later, and the timeline does not", () => {
    const steps = plan(planned(late), now);
    expect(steps.map((step) => [step.kind, step.state])).toEqual([
      ["hold", "next"],
      ["payment", "next"],
      ["job", "next"],
    ]);
    expect(timeline(planned(late)).map((entry) => entry.kind)).toEqual(["state", "hold", "payment", "state"]);
  });

  it("says of an overdue step that it has not happened, and never makes it a past event", () => {
    expect(plan(planned(early), now).map((step) => step.state)).toEqual(["overdue", "overdue", "overdue"]);
    expect(timeline(planned(early))).toEqual(timeline(planned(late)));
  });

  it("forgets a step that is done, while the timeline stays", () => {
    const over = orderReport({
      holds: [{ ...hold, state: "CLAIMED" }],
      money: { attempts: [attempt], entries: [], webhooks: [], refunds: [] },
    });
    expect(plan(over, now)).toEqual([]);
    expect(timeline(over)).toEqual(timeline(planned(early)));
  });

  it("puts stopped jobs and deliveries first, with their errors", () => {
    const dead: Receipt = { ...waiting, state: "dead", at: early, attempts: 20, last_error: "no such site" };
    const stopped = orderReport({
      events: [event([dead])],
      holds: [hold],
      jobs: [job({ dead_at: early, last_error: "why" })],
    });
    expect(plan(stopped, now).map((step) => [step.state, step.note])).toEqual([
      ["stopped", "no such site"],
      ["stopped", "why"],
      ["next", "2 × sku_1 · site_a"],
    ]);
    const again = orderReport({ events: [event([waiting])], holds: [hold], jobs: [job({ attempts: 20 })] });
    expect(timeline(again)).toEqual(timeline(stopped));
  });

  it("says how a staff action stands, and the timeline keeps the request as it was", () => {
    expect(plan(withAction("wished"), now)).toMatchObject([{ kind: "action", state: "running" }]);
    expect(plan(withAction("refused"), now)).toMatchObject([{ state: "refused", note: "refused: too late" }]);
    expect(plan(withAction("done"), now)).toEqual([]);
    expect(timeline(withAction("wished"))).toEqual(timeline(withAction("done")));
    expect(timeline(withAction("refused"))).toEqual(timeline(withAction("done")));
  });
});
