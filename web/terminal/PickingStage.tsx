// Picking: the line to go to, as large as the screen allows; the others below it.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { newId } from "../staff/device";
import { showToast } from "./toast";
import { useShortcuts } from "./keys";
import { ActionButton, Barcode, CodeField, Options, Picture, Stepper } from "./components";
import { after, currentLine, judge, startPicking, type Picking } from "./picking";
import { go } from "./route";
import { useScans } from "./scanning";
import { ShortDialog, type Shortage } from "./ShortDialog";
import { inWalkingOrder, leftOf, lineKey, progressOf, type Task, type TaskLine } from "./tasks";
import { t } from "./texts";
import { announceScan } from "./scan_texts";
import { isMine, releaseTask, takeTask } from "./claims";
import { theOutbox } from "./work";

const pathOf = (task: Task, what: string): string =>
  `/api/v1/warehouse/tasks/${encodeURIComponent(task.task_id)}/${what}`;

const labelAfterMs = 3_000;

// What the worker has scanned and stated so far, and what another code does to it.
function usePicking(task: Task) {
  const [bin, setBin] = useState<string | null>(startPicking(task).bin);
  const [count, setCount] = useState(1);
  const picking: Picking = { task, bin, count };
  const current = currentLine(picking);
  const left = current === null ? 0 : leftOf(current);

  useEffect(() => {
    setCount(1);
    document.querySelector("main")?.scrollTo(0, 0);
  }, [current?.bin, current?.barcode]);
  useEffect(() => setCount((units) => Math.min(units, Math.max(1, left))), [left]);

  const hear = (code: string): void => {
    const result = judge(picking, code);
    // Who stands before the bin has begun: nobody else is to walk there.
    if (result.kind === "bin") takeTask(task);
    if (result.kind === "picked") {
      const body = { scan_id: newId(), ...result.scan, at: new Date().toISOString() };
      const path = pathOf(task, "scans");
      const taken = theOutbox().put({ id: body.scan_id, action: "scan", path, body, subject: task.task_id });
      if (!taken) return showToast("wrong", t("full"));
    }
    const next = after(picking, result);
    setBin(next.bin);
    setCount(next.count);
    announceScan(result, next);
  };
  return { current, atBin: current !== null && bin === current.bin, count, setCount, hear };
}

function report(task: Task, line: TaskLine, shortage: Shortage): void {
  const body = {
    short_id: newId(),
    bin: line.bin,
    barcode: line.barcode,
    ...shortage,
    at: new Date().toISOString(),
  };
  const path = pathOf(task, "shorts");
  const taken = theOutbox().put({ id: body.short_id, action: "short", path, body, subject: task.task_id });
  if (!taken) return showToast("wrong", t("full"));
  showToast("noted", `${t("shortDone")}: ${shortage.quantity}`, line.title);
}

export function PickingStage({ task }: { task: Task }) {
  const { current, atBin, count, setCount, hear } = usePicking(task);
  const [short, setShort] = useState(false);

  // The label will be wanted when these goods are picked, and the connection may be gone by then.
  useEffect(() => {
    const timer = setTimeout(() => void import("./barcodes").catch(() => undefined), labelAfterMs);
    return () => clearTimeout(timer);
  }, []);

  useScans(hear);
  useShortcuts({ F7: () => setShort(true) });
  if (current === null) return null;
  const others = inWalkingOrder(task.lines).filter((line) => lineKey(line) !== lineKey(current));
  const progress = progressOf(task);
  return (
    <div class="picking" data-testid="picking">
      <progress
        class="picking__progress"
        max={progress.wanted}
        value={progress.wanted - progress.left}
        aria-label={`${t("picked")} ${progress.picked} ${t("of")} ${progress.wanted}`}
      />
      <CurrentLine line={current} atBin={atBin} count={count} onCount={setCount} />
      {others.length > 0 && (
        <ul class="lines">
          {others.map((line) => (
            <OtherLine line={line} key={lineKey(line)} />
          ))}
        </ul>
      )}
      {isMine(task) && (
        <p class="picking__give-back">
          <button
            type="button"
            class="pill"
            data-testid="release"
            onClick={() => {
              releaseTask(task);
              go({ screen: "tasks" });
            }}
          >
            <Icon name="undo-2" /> {t("release")}
          </button>
        </p>
      )}
      <div class="bar bar--row">
        <CodeField label={t("codeField")} onCode={hear} />
        <ActionButton
          icon="package-x"
          label={t("short")}
          shortcut="F7"
          kind="danger"
          testid="short-button"
          onClick={() => setShort(true)}
        />
      </div>
      {short && (
        <ShortDialog
          line={current}
          onReport={(shortage) => {
            setShort(false);
            report(task, current, shortage);
          }}
          onClose={() => setShort(false)}
        />
      )}
    </div>
  );
}

interface CurrentProps {
  line: TaskLine;
  atBin: boolean;
  count: number;
  onCount: (count: number) => void;
}

function CurrentLine({ line, atBin, count, onCount }: CurrentProps) {
  const left = leftOf(line);
  return (
    <section
      class={`current${atBin ? " current--at-bin" : ""}`}
      aria-label={`${t("bin")} ${line.bin}`}
      data-testid="current-line"
      data-bin={line.bin}
      data-barcode={line.barcode}
    >
      <header class="current__bin">
        <span class="current__step">
          <Icon name={atBin ? "circle-check" : "map-pin"} /> {atBin ? t("bin") : t("scanBin")}
        </span>
        <strong
          class={`current__place${line.bin.length > 9 ? " current__place--long" : ""}`}
          translate={false}
        >
          {line.bin}
        </strong>
      </header>
      {atBin && (
        <p class="current__next">
          <Icon name="scan-barcode" /> {t("scanGoods")}
          {count > 1 && <b>× {count}</b>}
        </p>
      )}
      <div class="current__goods">
        <Picture src={line.image} size={112} />
        <div class="current__text">
          <h2 class="current__title">{line.title === "" ? line.barcode : line.title}</h2>
          <Options options={line.options} />
          <Barcode code={line.barcode} />
        </div>
      </div>
      <div class="current__count">
        <p class="current__left" data-testid="left">
          <span>{t("take")}</span> <b>{left}</b>
          {line.quantity > 1 && (
            <span>
              {t("of")} {line.quantity}
            </span>
          )}
        </p>
        {left > 1 && (
          <div class="current__stepper">
            <Stepper label={t("count")} value={count} most={left} onChange={onCount} testid="count" />
            <button type="button" class="pill" onClick={() => onCount(left)}>
              {t("all")} {left}
            </button>
          </div>
        )}
      </div>
    </section>
  );
}

function OtherLine({ line }: { line: TaskLine }) {
  const left = leftOf(line);
  const done = left === 0;
  return (
    <li class={`line${done ? " line--done" : ""}`} data-testid="line" data-barcode={line.barcode}>
      <Picture src={line.image} size={48} />
      <span class="line__text">
        <b class="line__bin" translate={false}>
          {line.bin}
        </b>
        <span class="line__title">{line.title === "" ? line.barcode : line.title}</span>
      </span>
      <span class="line__count">
        {done ? <Icon name="check" label={t("doneLine")} /> : <b>{left}</b>}
        {(line.missing ?? 0) > 0 && (
          <small>
            {t("missing")} {line.missing}
          </small>
        )}
      </span>
    </li>
  );
}
