// From picked goods to a parcel: a code on the bag, a label where the bag has none, and done.
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { reachable } from "../staff/api";
import { useStore } from "../staff/store";
import { showToast } from "./toast";
import { isWord, newPackageBarcode, sameGoods, sameShape, shortOrder } from "./codes";
import { useShortcuts } from "./keys";
import { Label } from "./Label";
import { LabelNotice } from "./LabelNotice";
import { forgetOutdated, isPrintOutdated, labelOn, notePrinted, printedLabels } from "./labels";
import type { Item } from "./outbox";
import { ActionButton, CodeField, EmptyState } from "./components";
import { go } from "./route";
import { useScans } from "./scanning";
import { nextTask } from "./Tasks";
import { progressOf, type Task } from "./tasks";
import { counted, t } from "./texts";
import { site, theOutbox } from "./work";

// A bin scanned by habit must not become a parcel's name.
function wrongPackage(task: Task, code: string): string {
  const isGoods = task.lines.some((line) => sameGoods(line.barcode, code) || line.sku_id === code);
  if (isGoods) return t("packageIsGoods");
  if (task.lines.some((line) => sameShape(line.bin, code))) return t("packageIsBin");
  return isWord(code) ? "" : t("packageWord");
}

function putCompletion(task: Task, code: string, id: string): boolean {
  return theOutbox().put({
    id,
    action: "complete",
    path: `/api/v1/warehouse/tasks/${encodeURIComponent(task.task_id)}/complete`,
    body: { package_barcode: code, at: new Date().toISOString(), ...labelOn(task, code) },
    subject: task.task_id,
  });
}

interface Props {
  task: Task;
  sending: Item | undefined; // the completion that waits
}

export function Packing({ task, sending }: Props) {
  const [label, setLabel] = useState("");
  useStore(printedLabels);

  const complete = (code: string): void => {
    const wrong = wrongPackage(task, code);
    if (wrong !== "") return showToast("wrong", wrong, code);
    if (sending !== undefined) return;
    if (!putCompletion(task, code, `${task.task_id} ${code}`)) return showToast("wrong", t("full"));
    showToast("finished", t("packed"), code);
  };

  const makeLabel = (): void => setLabel(newPackageBarcode());
  const print = (): void => {
    window.print();
    notePrinted(task, label);
  };
  useScans(complete);
  useShortcuts({
    F8: () => (label === "" ? makeLabel() : print()),
    F9: () => label !== "" && complete(label),
  });

  const progress = progressOf(task);
  return (
    <div class="packing" data-testid="packing">
      <section class="packing__what">
        <Icon name="package-open" />
        <div>
          <h2>{t("packing")}</h2>
          <p>
            {t("order")} <b>{shortOrder(task.order_id)}</b> · {counted(progress.picked, "units")}
            {progress.missing > 0 && ` · ${t("missing")} ${progress.missing}`}
          </p>
        </div>
      </section>
      {sending !== undefined ? (
        <Completing />
      ) : (
        <>
          {label === "" && <p class="packing__hint">{t("packHint")}</p>}
          {isPrintOutdated(task, label) && <LabelNotice onPrint={print} />}
          {label !== "" && <Label task={task} code={label} onDrawn={print} />}
        </>
      )}
      <div class="bar">
        <CodeField label={t("packageCode")} onCode={complete} />
        <div class="bar__actions">
          <PackingActions
            label={label}
            busy={sending !== undefined}
            onLabel={makeLabel}
            onPrint={print}
            onComplete={() => complete(label)}
          />
        </div>
      </div>
    </div>
  );
}

// Nobody has to stand and wait for the network: the parcel is in the queue.
function Completing() {
  if (useStore(reachable))
    return <EmptyState icon="package-check" title={t("completing")} testid="completing" />;
  return (
    <EmptyState icon="wifi-off" title={t("completingOffline")} hint={t("completingHint")} testid="completing">
      <button type="button" class="action action--primary" onClick={() => go({ screen: "tasks" })}>
        <Icon name="list" /> {t("toTasks")}
      </button>
    </EmptyState>
  );
}

interface ActionsProps {
  label: string;
  busy: boolean;
  onLabel: () => void;
  onPrint: () => void;
  onComplete: () => void;
}

function PackingActions({ label, busy, onLabel, onPrint, onComplete }: ActionsProps) {
  if (label === "") {
    return (
      <ActionButton
        icon="printer"
        label={t("newLabel")}
        shortcut="F8"
        kind="primary"
        testid="new-label"
        disabled={busy}
        onClick={onLabel}
      />
    );
  }
  return (
    <>
      <ActionButton icon="printer" label={t("printAgain")} shortcut="F8" onClick={onPrint} />
      <ActionButton
        icon="package-check"
        label={t("complete")}
        shortcut="F9"
        kind="primary"
        testid="complete"
        disabled={busy}
        onClick={onComplete}
      />
    </>
  );
}

export function Packed({ task, sending }: Props) {
  const [shown, setShown] = useState(false);
  const code = task.package_barcode ?? "";
  const outdated = task.parcel?.label_outdated === true && sending === undefined;

  const print = (): void => {
    const isNew = labelOn(task, code).label !== task.parcel?.label;
    window.print();
    notePrinted(task, code);
    if (!outdated && !isNew) return;
    if (!putCompletion(task, code, `${task.task_id} ${code} ${task.parcel?.label}`))
      return showToast("wrong", t("full"));
    if (!outdated) return;
    forgetOutdated(task.task_id);
    showToast("finished", t("labelReprinted"), t("labelReprintedHint"));
  };
  const showAndPrint = (): void => (shown ? print() : setShown(true));

  const next = async (): Promise<void> => {
    const first = await nextTask(site.value);
    go(first === undefined ? { screen: "tasks" } : { screen: "task", id: first.task_id }, "replace");
  };
  useShortcuts({ F6: () => void next(), F8: showAndPrint });

  return (
    <div class="packing" data-testid="packed">
      {outdated && <LabelNotice onPrint={showAndPrint} />}
      <EmptyState icon="circle-check" title={t("packed")} {...(outdated ? {} : { hint: t("packedHint") })}>
        <p class="packing__code" translate={false}>
          <span class="visually-hidden">{t("packageCode")} </span>
          {code}
        </p>
      </EmptyState>
      {shown && <Label task={task} code={code} onDrawn={print} />}
      <div class="bar">
        <div class="bar__actions">
          <ActionButton
            icon="printer"
            label={t("printLabel")}
            shortcut="F8"
            testid="print-label"
            onClick={showAndPrint}
          />
          <ActionButton
            icon="arrow-right"
            label={t("nextTask")}
            shortcut="F6"
            kind="primary"
            testid="next-task"
            onClick={() => void next()}
          />
        </div>
      </div>
    </div>
  );
}
