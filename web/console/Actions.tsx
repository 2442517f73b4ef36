// What may be done to an order, each with a reason and a confirmation. A key of its own makes each of them happen once,
// however often it is sent.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { call, ApiError } from "../staff/api";
import { newId } from "../staff/device";
import { actionPath, openUnits, possibleActions, type ActionAnswer } from "./actions";
import type { ActionKind, OrderReport, StaffAction } from "./api_types";
import { failureText } from "./components";
import { money } from "./format";
import { t, type TextKey } from "./texts";

interface Choice {
  icon: string;
  name: TextKey;
  hint: TextKey;
  grave?: boolean;
}

const choices: Record<ActionKind, Choice> = {
  ask_bank: { icon: "refresh-cw", name: "actAskBank", hint: "actAskBankHint" },
  cancel: { icon: "circle-x", name: "actCancel", hint: "actCancelHint", grave: true },
  refund_items: { icon: "undo-2", name: "actRefund", hint: "actRefundHint", grave: true },
  release_hold: { icon: "lock", name: "actRelease", hint: "actReleaseHint", grave: true },
  resend_notice: { icon: "message-circle", name: "actResend", hint: "actResendHint" },
};

const outcomes: Record<StaffAction["state"], TextKey> = {
  wished: "actUnderWay",
  done: "actDone",
  refused: "actPacked",
  failed: "actFailed",
};

const refusals: Record<string, TextKey> = {
  order_moved: "actMoved",
  order_packed: "actPacked",
  not_possible: "actNotPossible",
  no_notice: "actNoNotice",
};

function textOf(failure: unknown): string {
  const known = failure instanceof ApiError ? refusals[failure.code] : undefined;
  return known === undefined ? failureText(failure) : t(known);
}

export function Actions({ report, again }: { report: OrderReport; again: () => void }) {
  const [open, setOpen] = useState<ActionKind | undefined>(undefined);
  const [said, setSaid] = useState("");
  const possible = possibleActions(report);
  if (possible.length === 0 && said === "") return null;
  const done = (answer: ActionAnswer): void => {
    setOpen(undefined);
    setSaid(`${t(choices[answer.kind].name)}: ${t(outcomes[answer.state])}`);
    again();
  };
  return (
    <section class="actions" aria-label={t("actions")} data-testid="actions">
      <div class="actions__row">
        {possible.map((kind) => (
          <button
            key={kind}
            type="button"
            class="button button--quiet"
            data-action={kind}
            onClick={() => {
              setSaid("");
              setOpen(kind);
            }}
          >
            <Icon name={choices[kind].icon} /> {t(choices[kind].name)}
          </button>
        ))}
      </div>
      <p role="status" class="actions__said">
        {said}
      </p>
      {open !== undefined && (
        <Confirm kind={open} report={report} done={done} close={() => setOpen(undefined)} />
      )}
    </section>
  );
}

interface ConfirmProps {
  kind: ActionKind;
  report: OrderReport;
  done: (answer: ActionAnswer) => void;
  close: () => void;
}

function Confirm({ kind, report, done, close }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // What the reader decides about is what was there when the dialog opened.
  const [seen] = useState(report);
  const [key] = useState(newId());
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const choice = choices[kind];
  const { inspection } = seen;

  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);

  const send = async (form: HTMLFormElement): Promise<void> => {
    const fields = new FormData(form);
    const reason = String(fields.get("reason") ?? "").trim();
    const units = openUnits(seen)
      .map(({ sku_id }) => ({ sku_id, quantity: Number(fields.get(sku_id) ?? 0) }))
      .filter(({ quantity }) => quantity > 0);
    if (reason === "") return setWrong(t("actNeedsReason"));
    if (kind === "refund_items" && units.length === 0) return setWrong(t("actNeedsUnits"));
    setBusy(true);
    setWrong("");
    const body = {
      action: kind,
      reason,
      version: inspection.version,
      ...(kind === "refund_items" ? { units } : {}),
    };
    try {
      done(await call<ActionAnswer>("POST", actionPath(inspection.order.order_id), body, undefined, key));
    } catch (failure) {
      setWrong(textOf(failure));
      setBusy(false);
    }
  };

  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="act-title"
      data-testid="act"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send(event.currentTarget);
        }}
      >
        <h2 class="dialog__title" id="act-title">
          {t(choice.name)}
        </h2>
        <p>
          {t(choice.hint)}
          {kind === "cancel" && inspection.order.was_paid && (
            <>
              {" "}
              {t("actMoneyBack")} <b>{money(inspection.order.total)}</b>.
            </>
          )}
        </p>
        {kind === "refund_items" && <UnitChoice report={seen} />}
        <label class="field">
          <span class="field__label">{t("actReason")}</span>
          <textarea
            class="input"
            name="reason"
            rows={2}
            maxLength={500}
            aria-invalid={wrong !== ""}
            aria-describedby="act-wrong"
          />
          <span class="field__hint">{t("actReasonHint")}</span>
        </label>
        <p id="act-wrong" class="field__error" role="alert">
          {wrong}
        </p>
        <div class="dialog__actions">
          <button type="button" class="button button--quiet" onClick={close}>
            {t("actBack")}
          </button>
          <button
            type="submit"
            class={`button ${choice.grave === true ? "button--danger" : "button--primary"}`}
            disabled={busy}
            data-testid="act-confirm"
          >
            {busy ? t("actBusy") : t(choice.name)}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function UnitChoice({ report }: { report: OrderReport }) {
  return (
    <fieldset class="act-units">
      <legend class="field__label">{t("actUnits")}</legend>
      {openUnits(report).map((unit) => (
        <label class="act-units__row" key={unit.sku_id}>
          <span>{unit.title}</span>
          <span class="select">
            <select class="select__input" name={unit.sku_id} aria-label={`${t("actUnits")}: ${unit.title}`}>
              {Array.from({ length: unit.quantity + 1 }, (_, units) => (
                <option key={units} value={units}>
                  {units} / {unit.quantity}
                </option>
              ))}
            </select>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
