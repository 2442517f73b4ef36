// The work of a site, oldest first. Looks by itself every few seconds; a scanned order or bin opens its task.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { call, reachable, withQuery } from "../staff/api";
import { showToast } from "./toast";
import { isMine, isOthers } from "./claims";
import { sameCode, shortOrder } from "./codes";
import { useLoaded } from "../staff/loading";
import { fetchAndSaveTasks, loadTasks, type TasksPage } from "./offline_copy";
import { Failed, Key, Loading, Picture, EmptyState } from "./components";
import { withActions } from "./picking";
import { go } from "./route";
import { useScans } from "./scanning";
import { useStore } from "../staff/store";
import { inWalkingOrder, nameOfWorker, progressOf, type Task } from "./tasks";
import { age, counted, t } from "./texts";
import { site, siteTitle, theOutbox } from "./work";

const everyMs = 5_000;
const mostShown = 50;
const lateMinutes = 60;

// The open tasks as they will be once the server has heard what waits: who has packed one is done with it.
function asLeft({ items, total }: TasksPage): TasksPage {
  const outbox = theOutbox();
  const open = items.filter(
    (task) => !outbox.about(task.task_id).some(({ action }) => action === "complete"),
  );
  const shown = open.map((task) => withActions(task, outbox.about(task.task_id)));
  return { items: shown, total: total - (items.length - open.length) };
}

async function readTasks(at: string): Promise<TasksPage> {
  const query = { site: at, type: "pick", status: "open", limit: mostShown };
  const path = withQuery("/api/v1/warehouse/tasks", query);
  const hasWaiting = (task: string): boolean => theOutbox().about(task).length > 0;
  return fetchAndSaveTasks(at, () => call<TasksPage>("GET", path), hasWaiting);
}

// The first of the open tasks that nobody else has, without a connection of those known. Nothing: there is none, or nobody knows.
export async function nextTask(at: string): Promise<Task | undefined> {
  const page = await readTasks(at).catch(() => loadTasks(at));
  return page && asLeft(page).items.find((task) => !isOthers(task));
}

function useMinutes(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

// The labels and screens of an order name it by its end, whole, or by its task.
function taskFor(tasks: Task[], code: string): Task | undefined {
  return (
    tasks.find((task) => task.task_id === code || task.order_id === code) ??
    tasks.find((task) => sameCode(shortOrder(task.order_id), code)) ??
    tasks.find((task) => task.lines.some((line) => sameCode(line.bin, code)))
  );
}

export function Tasks() {
  const at = useStore(site);
  const now = useMinutes();
  const tasks = useLoaded(() => readTasks(at), at, everyMs);
  const connected = useStore(reachable);
  const known = tasks.value ?? (connected ? undefined : loadTasks(at));
  const shown = known && asLeft(known);

  useScans((code) => {
    const found = taskFor(shown?.items ?? [], code);
    if (found !== undefined) go({ screen: "task", id: found.task_id });
    else showToast("wrong", t("notFound"), code);
  });

  if (shown === undefined) {
    if (tasks.failure === undefined) return <Loading />;
    return <Failed title={t("tasksFailed")} failure={tasks.failure} again={tasks.again} />;
  }
  const { items, total } = shown;
  if (items.length === 0) {
    return (
      <EmptyState icon="package-check" title={t("noTasks")} hint={t("noTasksHint")} testid="no-tasks">
        <p class="empty-state__place">{siteTitle(at)}</p>
      </EmptyState>
    );
  }
  const first = items.findIndex((task) => !isOthers(task));
  const units = items.reduce((sum, task) => sum + progressOf(task).left, 0);
  return (
    <div class="tasks">
      <p class="tasks__sum" data-testid="tasks-sum">
        <b>{counted(total, "tasks")}</b>
        {total === items.length && <span>{counted(units, "units")}</span>}
      </p>
      {(tasks.failure !== undefined || !connected) && (
        <p class="tasks__stale" role="status">
          <Icon name={connected ? "triangle-alert" : "wifi-off"} /> {t(connected ? "staleBusy" : "stale")}
        </p>
      )}
      <ol class="tasks__list">
        {items.map((task, index) => (
          <li key={task.task_id}>
            <TaskCard task={task} now={now} first={index === first} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function TaskCard({ task, now, first }: { task: Task; now: number; first: boolean }) {
  const progress = progressOf(task);
  const late = now - Date.parse(task.created_at) > lateMinutes * 60_000;
  const lines = inWalkingOrder(task.lines);
  const bins = [...new Set(lines.map((line) => line.bin))];
  const taken = isOthers(task);
  const begun = progress.picked + progress.missing > 0;
  return (
    <a
      class={`task-card${first ? " task-card--first" : ""}${taken ? " task-card--taken" : ""}`}
      href={`/terminal/tasks/${task.task_id}`}
      data-testid="task-card"
      onClick={(event) => {
        event.preventDefault();
        go({ screen: "task", id: task.task_id });
      }}
    >
      <span class="task-card__head">
        <span class="task-card__order">
          <span class="visually-hidden">{t("order")} </span>
          {shortOrder(task.order_id)}
        </span>
        {first && <Key name="F6" />}
        <span class={`task-card__age${late ? " task-card__age--late" : ""}`}>
          <Icon name="clock" /> {age(task.created_at, now)}
        </span>
      </span>
      <span class="task-card__body">
        <span class="task-card__pictures">
          {lines.slice(0, 3).map((line) => (
            <Picture key={`${line.bin}${line.sku_id}`} src={line.image} size={48} />
          ))}
          {lines.length > 3 && <span class="task-card__rest">+{lines.length - 3}</span>}
        </span>
        <span class="task-card__facts">
          <b>{progress.left === 0 ? t("toPack") : counted(progress.left, "units")}</b>
          <span>
            {counted(task.lines.length, "lines")} · {bins.slice(0, 2).join(", ")}
            {bins.length > 2 ? "…" : ""}
          </span>
        </span>
        <Icon name="chevron-right" />
      </span>
      {task.worker !== undefined && (taken || isMine(task)) && (
        <span class="task-card__worker" data-testid="task-worker">
          <Icon name="user" /> {taken ? `${t("takenBy")} ${nameOfWorker(task.worker)}` : t("mine")}
        </span>
      )}
      {begun && (
        <progress
          class="task-card__progress"
          max={progress.wanted}
          value={progress.picked + progress.missing}
          aria-label={t("started")}
        />
      )}
    </a>
  );
}
