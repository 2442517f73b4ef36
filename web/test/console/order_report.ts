// An order's orderReport as a test wants it: empty but for what it says.
import type { FoundOrder, OrderReport } from "../../console/api_types";

const order: FoundOrder = {
  order_id: "ord_1",
  user_id: "usr_1",
  status: "PAID",
  total: { amount_minor: 199_900, currency: "RUB" },
  created_at: "2026-11-24T10:00:00.000Z",
  changed_at: "2026-11-24T10:01:00.000Z",
  item_count: 1,
  cancel_requested: false,
  cleanup: false,
  was_paid: true,
};

export function orderReport(change: Partial<OrderReport> = {}): OrderReport {
  return {
    verdict: {
      waits_for: "PICK",
      since: "2026-11-24T10:01:00.000Z",
      attempts: 0,
      last_error: "",
      late: false,
      dead_letters: [],
      done: 0,
      total: 1,
      failing: [],
    },
    inspection: {
      order: { ...order },
      units: [],
      history: [{ version: 1, status: "PAID", at: "2026-11-24T10:01:00.000Z" }],
      version: 1,
      expires_at: "2026-11-24T10:15:00.000Z",
      delivery: { type: "pickup", pickup_point_id: "pp_1" },
      idempotency_key: "key",
      trace_id: "",
      actions: [],
    },
    money: { attempts: [], entries: [], webhooks: [], refunds: [] },
    holds: [],
    work: { known: true, tasks: [], movements: [], shorts: [] },
    events: [],
    tasks: [],
    jobs: [],
    notices: [],
    messages_complete: true,
    missing: [],
    names: {},
    ...change,
  };
}
