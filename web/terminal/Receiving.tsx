// Receiving: scan goods, scan the bin, say how many. Each receipt has an id of this device's making, so that a
// bad connection cannot put goods on the shelf twice.
import { useEffect } from "preact/hooks";
import { Icon } from "../design/Icon";
import { newId } from "../staff/device";
import { showToast } from "./toast";
import { hasBin, loadBins } from "./bins";
import { isWord } from "./codes";
import { findGoods, refreshed } from "./goods";
import { useShortcuts } from "./keys";
import { ActionButton, Barcode, CodeField, failureText, Options, Picture, Stepper } from "./components";
import {
  afterReceipt,
  emptyDraft,
  guess,
  mayBeBin,
  mostUnits,
  withBin,
  withGoods,
  withOneMore,
  type Draft,
} from "./receipt";
import { useScans } from "./scanning";
import { Store, useStore } from "../staff/store";
import { counted, t, type TextKey } from "./texts";
import { site, theOutbox } from "./work";

interface Done {
  id: string;
  title: string;
  bin: string;
  quantity: number;
  state: "waiting" | "done" | "refused" | "undoing" | "undone";
}

const refusals: Record<string, TextKey> = {
  receipt_reused: "receiptReused",
  unknown_bin: "unknownBinHere",
  goods_gone: "goodsGone",
};

const undoPrefix = "undo ";
const mostShown = 20;
const askAgainMs = 3_000;
const draft = new Store<Draft>(emptyDraft);
const done = new Store<Done[]>([]);

function mark(id: string, state: Done["state"]): void {
  done.set(done.value.map((row) => (row.id === id ? { ...row, state } : row)));
}

const isPending = (reply: unknown): boolean => (reply as { undone_at?: string }).undone_at === undefined;

function useAnswers(): void {
  const outbox = theOutbox();
  useEffect(
    () =>
      outbox.onAnswer((answer) => {
        const { action } = answer.item;
        if (action !== "receipt" && action !== "undo") return;
        const id = action === "undo" ? answer.item.id.slice(undoPrefix.length) : answer.item.id;
        if (answer.kind === "done" && action === "undo" && isPending(answer.reply)) {
          // The server goes on with it by itself, and is asked what has become of it.
          setTimeout(() => outbox.put(answer.item), askAgainMs);
          return;
        }
        if (answer.kind === "done") return mark(id, action === "undo" ? "undone" : "done");
        mark(id, action === "undo" ? "done" : "refused");
        const known = refusals[answer.refusal.code];
        showToast("wrong", known === undefined ? failureText(answer.refusal) : t(known));
      }),
    [outbox],
  );
}

async function hear(code: string): Promise<void> {
  const what = guess(draft.value, code);
  if (what === "same_goods") {
    draft.set(withOneMore(draft.value));
    return showToast("right", counted(draft.value.quantity, "units"), draft.value.goods?.title);
  }
  if (what === "bin") return takeBin(code);
  try {
    const goods = await findGoods(code);
    if (goods !== undefined) {
      draft.set(withGoods(draft.value, goods));
      return showToast("right", goods.title, Object.values(goods.options).join(", "));
    }
  } catch (error) {
    return showToast("wrong", failureText(error));
  }
  if (mayBeBin(draft.value, code)) return takeBin(code);
  showToast("wrong", t("unknownGoods"), code);
}

function takeBin(code: string): void {
  if (!isWord(code)) return showToast("wrong", t("binWord"), code);
  if (!hasBin(site.value, code.toUpperCase())) return showToast("wrong", t("unknownBinHere"), code);
  draft.set(withBin(draft.value, code));
  showToast("bin", `${t("bin")} ${draft.value.bin}`);
}

function put(): void {
  const { goods, bin, quantity } = draft.value;
  if (goods === null) return showToast("wrong", t("needGoods"));
  if (bin === "") return showToast("wrong", t("needBin"));
  const id = newId();
  const body = { receipt_id: id, site_id: site.value, lines: [{ sku_id: goods.sku_id, quantity, bin }] };
  const path = "/api/v1/warehouse/receipts";
  // Listed first: the answer may come before the next line runs.
  const row: Done = { id, title: goods.title, bin, quantity, state: "waiting" };
  done.set([row, ...done.value].slice(0, mostShown));
  if (!theOutbox().put({ id, action: "receipt", path, body, subject: "" })) {
    done.set(done.value.filter((other) => other.id !== id));
    return showToast("wrong", t("full"));
  }
  draft.set(afterReceipt(draft.value));
  showToast("finished", `${counted(quantity, "units")} → ${bin}`, goods.title);
}

// A slip of the hand; the server undoes it as long as nobody has bought the goods.
function undo(row: Done): void {
  const path = `/api/v1/warehouse/receipts/${encodeURIComponent(row.id)}/undo`;
  const item = { id: `${undoPrefix}${row.id}`, action: "undo", path, body: {}, subject: "" } as const;
  mark(row.id, "undoing");
  if (theOutbox().put(item)) return;
  mark(row.id, row.state);
  showToast("wrong", t("full"));
}

export function Receiving() {
  const now = useStore(draft);
  const at = useStore(site);
  useEffect(() => {
    loadBins(at).catch(() => undefined);
  }, [at]);
  const rows = useStore(done);
  useAnswers();
  useEffect(() => {
    const { goods } = draft.value;
    if (goods === null) return;
    void refreshed(goods).then((found) => {
      if (draft.value.goods === goods) draft.set({ ...draft.value, goods: found });
    });
  }, []);
  useScans((code) => void hear(code));
  useShortcuts({ F9: put });

  return (
    <div class="receiving" data-testid="receiving">
      <section class={`receipt${now.goods === null ? "" : " receipt--goods"}`} data-testid="receipt">
        {now.goods === null ? (
          <p class="receipt__prompt">
            <Icon name="scan-barcode" /> {t("receiveHint")}
          </p>
        ) : (
          <div class="current__goods">
            <Picture src={now.goods.image} size={112} />
            <div class="current__text">
              <h2 class="current__title">{now.goods.title}</h2>
              <Options options={now.goods.options} />
              <Barcode code={now.goods.barcode === "" ? now.goods.sku_id : now.goods.barcode} />
            </div>
          </div>
        )}
        <p class={`receipt__bin${now.bin === "" ? " receipt__bin--none" : ""}`} data-testid="receipt-bin">
          <Icon name="map-pin" />
          {now.bin === "" ? t("receiveBinHint") : <strong translate={false}>{now.bin}</strong>}
        </p>
        <div class="receipt__count">
          <span>{t("quantity")}</span>
          <Stepper
            label={t("quantity")}
            value={now.quantity}
            most={mostUnits}
            onChange={(quantity) => draft.set({ ...draft.value, quantity })}
            testid="quantity"
          />
        </div>
      </section>
      {rows.length > 0 && <DoneRows rows={rows} />}
      <div class="bar">
        <CodeField
          label={now.goods === null ? t("goodsField") : t("binField")}
          onCode={(code) => void hear(code)}
        />
        <div class="bar__actions">
          <ActionButton
            icon="package-check"
            label={t("putOnShelf")}
            shortcut="F9"
            kind="primary"
            testid="put-on-shelf"
            disabled={now.goods === null || now.bin === ""}
            onClick={put}
          />
        </div>
      </div>
    </div>
  );
}

function DoneRows({ rows }: { rows: Done[] }) {
  const icons = {
    waiting: "clock",
    done: "circle-check",
    refused: "circle-x",
    undoing: "clock",
    undone: "undo-2",
  } as const;
  const words = {
    waiting: t("receivedWaiting"),
    done: t("received"),
    refused: t("receiptRefused"),
    undoing: t("undoing"),
    undone: t("undone"),
  };
  return (
    <section class="done">
      <h2 class="done__title">{t("receivedToday")}</h2>
      <ul class="lines">
        {rows.map((row) => (
          <li
            class={`line line--${row.state === "done" ? "received" : row.state}`}
            key={row.id}
            data-testid="receipt-row"
            data-state={row.state}
          >
            <Icon name={icons[row.state]} label={words[row.state]} />
            <span class="line__text">
              <b class="line__bin" translate={false}>
                {row.bin}
              </b>
              <span class="line__title">{row.title}</span>
            </span>
            <span class="line__count">
              <b>{row.quantity}</b>
              {row.state === "undone" && <small>{t("undone")}</small>}
              {row.state === "refused" && <small>{t("receiptRefused")}</small>}
            </span>
            {row.state === "done" && (
              <button
                type="button"
                class="round"
                aria-label={`${t("undo")}: ${row.title}, ${row.bin}, ${row.quantity}`}
                title={t("undo")}
                data-testid="undo"
                onClick={() => undo(row)}
              >
                <Icon name="undo-2" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
