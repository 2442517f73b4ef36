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
    expect(story[2]?.title).toBe("orders.OrderPaid");
  });

  it("says who has an event, who waits and who gave it up", () => {
    const story = timeline(dossier({ events: [event([taken, waiting])] }), now);
    expect(story[2]?.tone).toBe("warning");
    expect(story[2]?.note).toContain("inventory");
    expect(story[2]?.note).toContain("warehouse");
    const dead = { ...waiting, state: "dead", attempts: 20, last_error: "no such site" };
    const bad = timeline(dossier({ events: [event([dead])] }), now)[2];
    expect(bad?.tone).toBe("bad");
    expect(bad?.note).toContain("no such site");
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

  it("points at money in suspense and at webhooks that nobody took", () => {
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
    expect(story.find((entry) => entry.kind === "webhook")?.tone).toBe("bad");
    expect(countByKind(story).get("state")).toBe(2);
  });

  it("is told as well when orders itself could not be read", () => {
    const nothing = dossier();
    nothing.inspection.order.created_at = "1970-01-01T00:00:00.000Z";
    nothing.inspection.history = [];
    expect(timeline(nothing, now)).toEqual([]);
  });
});
