// The work of a site, oldest first. Looks by itself every few seconds; a scanned order or bin opens its task.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { call, withQuery } from "../staff/api";
import { tell } from "./band";
import { sameCode, shortOrder } from "./codes";
import { useLoaded } from "../staff/loading";
import { Failed, Key, Loading, Picture, Still } from "./parts";
import { go } from "./route";
import { useScans } from "./scanning";
import { useStore } from "../staff/store";
import { inWalkingOrder, progressOf, type Task } from "./tasks";
import { age, counted, t } from "./texts";
import { site, siteTitle } from "./work";

interface TasksPage {
  items: Task[];
  total: number;
}

const everyMs = 5_000;
const mostShown = 50;
const lateMinutes = 60;

export function readTasks(at: string, limit: number): Promise<TasksPage> {
  const query = { site: at, type: "pick", status: "open", limit };
  return call<TasksPage>("GET", withQuery("/api/v1/warehouse/tasks", query));
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
  const tasks = useLoaded(() => readTasks(at, mostShown), at, everyMs);

  useScans((code) => {
    const found = taskFor(tasks.value?.items ?? [], code);
    if (found !== undefined) go({ screen: "task", id: found.task_id });
    else tell("wrong", t("notFound"), code);
  });

  if (tasks.value === undefined) {
    if (tasks.failure === undefined) return <Loading />;
    return <Failed title={t("tasksFailed")} failure={tasks.failure} again={tasks.again} />;
  }
  const { items, total } = tasks.value;
  if (items.length === 0) {
    return (
      <Still icon="package-check" title={t("noTasks")} hint={t("noTasksHint")} testid="no-tasks">
        <p class="still__place">{siteTitle(at)}</p>
      </Still>
    );
  }
  const units = items.reduce((sum, task) => sum + progressOf(task).left, 0);
  return (
    <div class="tasks">
      <p class="tasks__sum" data-testid="tasks-sum">
        <b>{counted(total, "tasks")}</b>
        {total === items.length && <span>{counted(units, "units")}</span>}
      </p>
      {tasks.failure !== undefined && (
        <p class="tasks__stale" role="status">
          <Icon name="wifi-off" /> {t("stale")}
        </p>
      )}
      <ol class="tasks__list">
        {items.map((task, index) => (
          <li key={task.task_id}>
            <TaskCard task={task} now={now} first={index === 0} />
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
  const begun = progress.picked + progress.missing > 0;
  return (
    <a
      class={`task-card${first ? " task-card--first" : ""}`}
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
