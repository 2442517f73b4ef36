// What the ops API answers, as far as the console shows it.

// What people call the things that are named by ids.
export type Names = Record<string, string>;

export interface Money {
  amount_minor: number;
  currency: string;
}

export interface FoundOrder {
  order_id: string;
  user_id: string;
  status: string;
  total: Money;
  created_at: string;
  changed_at: string;
  item_count: number;
  cancel_requested: boolean;
  cleanup: boolean;
  was_paid: boolean;
}

// What was found by what somebody typed.
export interface FoundThing {
  kind: "order" | "goods" | "site" | "point";
  id: string;
  title: string;
  detail: string;
}

export interface FoundCount {
  kind: FoundThing["kind"];
  count: number;
  more: boolean; // there may be more than those that were counted
}

export interface FoundPage {
  items: FoundThing[];
  counts: FoundCount[];
  missing: MissingPart[];
}

export interface Counts {
  hanging: number;
  webhooks: number;
  suspense: number;
  letters: number;
  missing: MissingPart[];
}

export type ActionKind = "cancel" | "refund_items" | "release_hold" | "resend_notice" | "ask_bank";

// What staff did to the order, and why.
export interface StaffAction {
  action_id: string;
  kind: ActionKind;
  state: "wished" | "done" | "refused" | "failed";
  units: { sku_id: string; quantity: number }[];
  reason: string;
  by_whom: string;
  at: string;
}

export interface OrderPage {
  items: FoundOrder[];
  next?: string;
}

export interface DeadLink {
  module: string;
  kind: string;
  id: string;
  type: string;
  last_error: string;
}

export interface OrderDiagnosis {
  waits_for: string;
  since: string;
  until?: string;
  next_try_at?: string;
  attempts: number;
  last_error: string;
  late: boolean;
  instead_of?: string;
  dead_letters: DeadLink[];
  done: number;
  total: number;
  failing: { name: string; since: string; last_error: string; failures: number }[];
}

export interface HangingPage {
  items: { order: FoundOrder; verdict: OrderDiagnosis }[];
  next?: string;
}

export interface Unit {
  item_id: string;
  sku_id: string;
  product_id: string;
  seller_id: string;
  title: string;
  options: Record<string, string>;
  price: Money;
  price_version: number;
  site_id?: string;
  status: string;
}

export interface OrderDetails {
  order: FoundOrder;
  units: Unit[];
  history: { version: number; status: string; at: string }[];
  version: number;
  expires_at: string;
  delivery: { type: string; pickup_point_id: string };
  idempotency_key: string;
  trace_id: string;
  actions: StaffAction[];
}

export interface Attempt {
  payment: { payment_id: string; status: string; decline_reason?: string; amount: Money };
  order_id: string;
  user_id: string;
  provider: string;
  method: string;
  bank_payment_id: string;
  created_at: string;
  updated_at: string;
  end_wished: boolean;
  late: boolean;
  captured_minor: number;
  refunded_minor: number;
  session_expires_at: string;
  next_check_at?: string;
  checks: number;
}

export interface Webhook {
  event_id: string;
  type: string;
  received_at: string;
  applied: boolean;
  provider: string;
  payment_id: string;
}

export interface LedgerEntry {
  entry_id: string;
  document: string;
  key: string;
  currency: string;
  at: string;
  postings: { account: string; amount_minor: number }[];
}

export interface HoldRow {
  order_id: string;
  attempt: number;
  state: string;
  version: number;
  expires_at: string;
  created_at: string;
  placements: { sku_id: string; site_id: string; quantity: number }[];
}

export interface Movement {
  movement_id: string;
  site_id: string;
  sku_id: string;
  bin: string;
  kind: string;
  quantity: number;
  document: string;
  by_whom: string;
  at: string;
}

export interface TaskWork {
  task: {
    task_id: string;
    type: string;
    site_id: string;
    status: string;
    created_at: string;
    package_barcode?: string;
    lines: {
      sku_id: string;
      barcode: string;
      bin: string;
      quantity: number;
      picked: number;
      missing: number;
    }[];
  };
  scans: { scan_id: string; bin: string; barcode: string; quantity: number; by_whom: string; at: string }[];
}

// Goods that a worker did not find.
export interface ShortRow {
  short_id: string;
  task_id: string;
  sku_id: string;
  bin: string;
  quantity: number;
  reason: string;
  by_whom: string;
  at: string;
  decided: boolean;
}

// A part of the money that goes back while the order goes on.
export interface RefundRow {
  key: string;
  amount: Money;
  done: boolean;
  created_at: string;
}

export interface EventRow {
  publisher: string;
  seq: number;
  event_id: string;
  type: string;
  trace_id: string;
  created_at: string;
  published_at?: string;
  receipts: { consumer: string; state: string; at?: string; attempts: number; last_error: string }[];
  payload: string;
}

export interface JobRow {
  module: string;
  job_id: string;
  type: string;
  key: string;
  trace_id: string;
  created_at: string;
  run_at: string;
  attempts: number;
  last_error: string;
  dead_at?: string;
}

export interface MissingPart {
  part: string;
  code: string;
  detail: string;
}

export interface OrderReport {
  names: Names; // of sites, goods, the pickup point and staff
  verdict: OrderDiagnosis;
  inspection: OrderDetails;
  money: { attempts: Attempt[]; entries: LedgerEntry[]; webhooks: Webhook[]; refunds: RefundRow[] };
  holds: HoldRow[];
  work: { known: boolean; tasks: TaskWork[]; movements: Movement[]; shorts: ShortRow[] };
  events: EventRow[];
  jobs: JobRow[];
  notices: { seq: number; status: string; at: string; message: string }[];
  messages_complete: boolean;
  missing: MissingPart[];
}

export interface StockReport {
  sku_id: string;
  title: string;
  product_id: string;
  sites: {
    site_id: string;
    title: string;
    granted: number;
    held: number;
    spent: number;
    free: number;
    on_hand: number;
    reserved: number;
  }[];
  bins: { sku_id: string; site_id: string; bin: string; on_hand: number; reserved: number }[];
  grants: { site_id: string; epoch: number; seq: number; quantity: number }[];
  holds: HoldRow[];
  missing: MissingPart[];
  names: Names;
}

export interface MovementsPage {
  items: Movement[];
  next?: string;
  names: Names;
}

export interface DeadLetter {
  module: string;
  kind: string;
  id: string;
  type: string;
  key: string;
  attempts: number;
  last_error: string;
  dead_at: string;
}

export interface QueueRow {
  module: string;
  readable: boolean;
  events_waiting: number;
  oldest_event_ms: number;
  events_in_hand: number;
  jobs_due: number;
  oldest_job_ms: number;
  jobs_running: number;
  dead_jobs: number;
  dead_events: number;
  units_queued: number;
  units: number;
  failed_units: number;
  commits: number;
  reads: number;
}

export interface Queues {
  version: string;
  built_at: string;
  started_at: string;
  now: string;
  resident_bytes: number;
  cpu_seconds: number;
  open_files: number;
  modules: QueueRow[];
}

export interface Health {
  ok: boolean;
  items: { part: string; ok: boolean; detail: string; since?: string }[];
}
