// One task from its first bin to its parcel. The stage follows from what is picked: pick, pack, done.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { call, reachable, ApiError } from "../staff/api";
import { useLoaded } from "../staff/loading";
import { useStore } from "../staff/store";
import { showToast } from "./toast";
import { isOthers, maySupervise, takeOver } from "./claims";
import { noteOutdated } from "./labels";
import { saveTask, loadTask } from "./offline_copy";
import type { SentItem, Item } from "./outbox";
import { Failed, Loading, EmptyState } from "./components";
import { Packed, Packing } from "./Packing";
import { PickingStage } from "./PickingStage";
import { withActions } from "./picking";
import { go } from "./route";
import { nameOfWorker, progressOf, type Task, type TaskWorker } from "./tasks";
import { age, t, type TextKey } from "./texts";
import { orderOnScreen, theOutbox } from "./work";

const everyMs = 10_000;

const refusals: Record<string, TextKey> = {
  wrong_goods: "refused",
  scan_reused: "refused",
  short_reused: "refused",
  not_left: "notLeft",
  task_closed: "closedTask",
  not_all_picked: "notAllPicked",
  package_taken: "packageTaken",
  package_is_goods: "packageIsGoods",
  other_site: "otherSite",
  not_a_supervisor: "notSupervisor",
};

function showRefusal(refusal: ApiError): void {
  if (refusal.code === "task_taken") {
    const worker = refusal.members.worker as TaskWorker | undefined;
    const name = worker === undefined ? "" : nameOfWorker(worker);
    return showToast("wrong", `${t("taskTaken")} ${name}`, t("taskTakenHint"));
  }
  const known = refusals[refusal.code];
  showToast(
    "wrong",
    known === undefined ? t("refused") : t(known),
    known === undefined ? refusal.message : "",
  );
}

// The task as the server knows it and as the worker left it. What was read before a scan was answered is old.
function useTask(id: string) {
  const outbox = theOutbox();
  const [known, setKnown] = useState<Task | undefined>(undefined);
  const [waiting, setWaiting] = useState<Item[]>(outbox.about(id));
  const [refused, setRefused] = useState(0);
  const turn = useRef(0);
  const connected = useStore(reachable);

  const read = useLoaded(
    async () => {
      const asked = turn.current;
      const task = await call<Task>("GET", `/api/v1/warehouse/tasks/${encodeURIComponent(id)}`);
      if (asked !== turn.current || outbox.about(id).length > 0) return task;
      saveTask(task);
      noteOutdated(task);
      setKnown(task);
      return task;
    },
    `${id} ${refused}`,
    everyMs,
  );

  useEffect(() => {
    setKnown((task) => (task?.task_id === id ? task : undefined));
    setWaiting(outbox.about(id));
    const unwatch = outbox.watch(() => {
      turn.current += 1;
      setWaiting(outbox.about(id));
    });
    const unhear = outbox.onAnswer((answer: SentItem) => {
      if (answer.item.subject !== id) return;
      turn.current += 1;
      if (answer.kind === "done") return setKnown(answer.reply as Task);
      showRefusal(answer.refusal);
      setRefused((count) => count + 1);
    });
    return () => {
      unwatch();
      unhear();
    };
  }, [id, outbox]);

  // What the server says while actions wait may count one of them already: the task as it was before them is sure.
  const stale = !connected || waiting.length > 0 ? loadTask(id) : undefined;
  const base = known ?? stale ?? (read.value?.task_id === id ? read.value : undefined);
  const task = base && withActions(base, waiting);
  return { task, waiting, failure: read.failure, again: read.again };
}

export function TaskScreen({ id }: { id: string }) {
  const { task, waiting, failure, again } = useTask(id);
  const order = task?.order_id ?? "";
  useEffect(() => orderOnScreen.set(order), [order]);
  if (task === undefined) {
    if (failure === undefined) return <Loading />;
    return <Failed title={t("taskFailed")} failure={failure} again={again} />;
  }
  const packing = waiting.find((item) => item.action === "complete");
  const progress = progressOf(task);
  if (task.status === "done") return <Packed task={task} sending={packing} />;
  if (task.status === "cancelled") return <Cancelled nothing={progress.missing === progress.wanted} />;
  if (isOthers(task) && packing === undefined) return <Taken task={task} />;
  if (progress.left > 0) return <PickingStage task={task} key={id} />;
  if (progress.picked === 0) return <Cancelled nothing />;
  return <Packing task={task} sending={packing} key={id} />;
}

// Two people at one task take the goods twice. Who is to have it is theirs to say, or their supervisor's.
function Taken({ task }: { task: Task }) {
  const now = Date.now();
  const worker = task.worker!;
  const last = `${t("lastSeen")}: ${age(worker.active_at, now)}`;
  return (
    <EmptyState
      icon="user"
      title={`${t("taskTaken")} ${nameOfWorker(worker)}`}
      hint={last}
      testid="task-taken"
    >
      <button type="button" class="action action--primary" onClick={() => go({ screen: "tasks" })}>
        <Icon name="list" /> {t("toTasks")}
      </button>
      {maySupervise() && (
        <button
          type="button"
          class="action action--danger"
          data-testid="take-over"
          onClick={() => takeOver(task)}
        >
          <Icon name="users" /> {t("takeOver")}
        </button>
      )}
    </EmptyState>
  );
}

function Cancelled({ nothing }: { nothing: boolean }) {
  const hint = nothing ? t("nothingToPack") : t("cancelledHint");
  return (
    <EmptyState icon="package-x" title={t("cancelledTask")} hint={hint} testid="task-cancelled">
      <button type="button" class="action action--primary" onClick={() => go({ screen: "tasks" })}>
        <Icon name="list" /> {t("toTasks")}
      </button>
    </EmptyState>
  );
}
