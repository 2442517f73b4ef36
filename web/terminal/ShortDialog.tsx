// A short pick: how many are missing, and why. The reasons are large enough for a gloved thumb.
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { Barcode, Dialog, Stepper } from "./components";
import { useScans } from "./scanning";
import { leftOf, type TaskLine } from "./tasks";
import { t, type TextKey } from "./texts";

export type Reason = "not_found" | "damaged" | "wrong_goods_in_bin";

export interface Shortage {
  quantity: number;
  reason: Reason;
}

const reasons: { reason: Reason; text: TextKey; icon: string }[] = [
  { reason: "not_found", text: "notFoundReason", icon: "package-search" },
  { reason: "damaged", text: "damagedReason", icon: "triangle-alert" },
  { reason: "wrong_goods_in_bin", text: "wrongGoodsReason", icon: "boxes" },
];

interface Props {
  line: TaskLine;
  onReport: (shortage: Shortage) => void;
  onClose: () => void;
}

export function ShortDialog({ line, onReport, onClose }: Props) {
  const left = leftOf(line);
  const [quantity, setQuantity] = useState(left);
  const [reason, setReason] = useState<Reason | null>(null);
  // A scan meant for the screen below must not count while this is open.
  useScans(() => undefined);

  return (
    <Dialog title={t("shortTitle")} onClose={onClose} testid="short-dialog">
      <form
        class="short"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason !== null) onReport({ quantity, reason });
        }}
      >
        <p class="short__goods">
          <b translate={false}>{line.bin}</b> <span class="short__title">{line.title}</span>
          <Barcode code={line.barcode} />
        </p>
        {left > 1 && (
          <div class="short__row">
            <span>{t("shortHow")}</span>
            <Stepper
              label={t("shortHow")}
              value={quantity}
              most={left}
              onChange={setQuantity}
              testid="short-count"
            />
          </div>
        )}
        <fieldset class="short__reasons">
          <legend class="visually-hidden">{t("shortWhy")}</legend>
          {reasons.map((choice) => (
            <label class={`reason${reason === choice.reason ? " reason--chosen" : ""}`} key={choice.reason}>
              <input
                type="radio"
                name="reason"
                value={choice.reason}
                checked={reason === choice.reason}
                onChange={() => setReason(choice.reason)}
              />
              <Icon name={choice.icon} />
              <span>{t(choice.text)}</span>
            </label>
          ))}
        </fieldset>
        <button
          type="submit"
          class="action action--danger"
          disabled={reason === null}
          data-testid="short-confirm"
        >
          <Icon name="package-x" />
          <span class="action__label">
            {t("shortConfirm")}: {quantity}
          </span>
        </button>
      </form>
    </Dialog>
  );
}
