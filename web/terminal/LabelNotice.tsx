// Tells that a printed label is out of date: on the parcel's own screen, and between tasks for parcels that were packed before.
import { Icon } from "../design/Icon";
import { useStore } from "../staff/store";
import { shortOrder } from "./codes";
import { Key } from "./components";
import { outdatedLabels } from "./labels";
import { go } from "./route";
import { t } from "./texts";
import { site } from "./work";

export function LabelNotice({ onPrint }: { onPrint: () => void }) {
  return (
    <div class="label-notice" role="alert" data-testid="label-outdated">
      <Icon name="triangle-alert" />
      <div class="label-notice__text">
        <strong>{t("labelOutdated")}</strong>
        <span>{t("labelOutdatedHint")}</span>
      </div>
      <button type="button" class="pill" data-testid="reprint-label" aria-keyshortcuts="F8" onClick={onPrint}>
        <Icon name="printer" /> {t("printAgain")} <Key name="F8" />
      </button>
    </div>
  );
}

export function OutdatedLabels() {
  const at = useStore(site);
  const outdated = useStore(outdatedLabels).find((one) => one.site_id === at);
  if (outdated === undefined) return null;
  return (
    <div class="update update--warning" role="status" data-testid="outdated-label">
      <Icon name="triangle-alert" />
      <span class="update__text">
        {t("labelOutdated")} · {t("order")} <b translate={false}>{shortOrder(outdated.order_id)}</b>
      </span>
      <button
        type="button"
        class="pill"
        data-testid="open-outdated"
        onClick={() => go({ screen: "task", id: outdated.task_id })}
      >
        {t("openTask")}
      </button>
    </div>
  );
}
