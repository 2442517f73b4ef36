// What an order still has ahead of it: planned steps, steps that are overdue, and what has stopped. All of it may change or
// disappear, so it is shown apart from the timeline.
import type {
  Attempt,
  DeadLink,
  OrderReport,
  EventRow,
  HoldRow,
  JobRow,
  Names,
  StaffAction,
} from "./api_types";
import { isTime } from "./format";
import { t } from "./texts";
import { actionTitle, heldGoods } from "./timeline";
import { codeText } from "./code_texts";

export type PlanState = "next" | "overdue" | "stopped" | "running" | "refused";

export interface PlannedStep {
  at: string; // when it is due; when it stopped; when it was asked for
  kind: "action" | "hold" | "payment" | "event" | "job";
  state: PlanState;
  title: string;
  note: string;
  id: string;
  letter?: Omit<DeadLink, "last_error">;
}

const dueState = (at: string, now: number): PlanState => (new Date(at).getTime() > now ? "next" : "overdue");

function holdEnd(hold: HoldRow, names: Names, now: number): PlannedStep[] {
  if (hold.state !== "HELD") return [];
  const state = dueState(hold.expires_at, now);
  return [
    { at: hold.expires_at, kind: "hold", state, title: t("holdEnds"), note: heldGoods(hold, names), id: "" },
  ];
}

function bankCheck(attempt: Attempt, now: number): PlannedStep[] {
  const at = attempt.next_check_at;
  if (!isTime(at)) return [];
  const id = attempt.payment.payment_id;
  return [{ at, kind: "payment", state: dueState(at, now), title: t("bankAsked"), note: "", id }];
}

function jobStep(job: JobRow, now: number): PlannedStep {
  const title = `${t("jobRuns")}: ${codeText("job", job.type)}`;
  if (isTime(job.dead_at)) {
    const letter = { module: job.module, kind: "job" as const, id: job.job_id, type: job.type };
    return {
      at: job.dead_at,
      kind: "job",
      state: "stopped",
      title,
      note: job.last_error,
      id: job.job_id,
      letter,
    };
  }
  const tried = job.attempts > 0 ? `${t("attempts")}: ${job.attempts}. ` : "";
  const note = `${tried}${job.last_error}`;
  return { at: job.run_at, kind: "job", state: dueState(job.run_at, now), title, note, id: job.job_id };
}

function failedDeliveries(event: EventRow): PlannedStep[] {
  const found: PlannedStep[] = [];
  for (const receipt of event.receipts) {
    if (receipt.state !== "dead" || !isTime(receipt.at)) continue;
    found.push({
      at: receipt.at,
      kind: "event",
      state: "stopped",
      title: `${codeText("event", event.type)} → ${codeText("module", receipt.consumer)}`,
      note: receipt.last_error,
      id: event.event_id,
    });
  }
  return found;
}

function openAction(action: StaffAction, names: Names): PlannedStep[] {
  if (action.state === "done") return [];
  const state = action.state === "wished" ? "running" : "refused";
  const note = state === "refused" ? codeText("actionState", action.state) : "";
  return [
    { at: action.at, kind: "action", state, title: actionTitle(action, names), note, id: action.action_id },
  ];
}

// What needs a person first, then by time.
const order: PlanState[] = ["stopped", "overdue", "running", "next", "refused"];

export function plan(report: OrderReport, now: number): PlannedStep[] {
  const { names } = report;
  return [
    ...report.inspection.actions.flatMap((action) => openAction(action, names)),
    ...report.holds.flatMap((hold) => holdEnd(hold, names, now)),
    ...report.money.attempts.flatMap((attempt) => bankCheck(attempt, now)),
    ...report.events.flatMap(failedDeliveries),
    ...report.jobs.map((job) => jobStep(job, now)),
  ].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.at.localeCompare(b.at));
}
