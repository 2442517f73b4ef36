// The server has a newer terminal. Nobody is asked with goods in hand: only between tasks.
import { Icon } from "../design/Icon";
import { Store, useStore } from "../staff/store";
import { registerWorker } from "../worker/page_side";
import { t } from "./texts";

const lookAgainMs = 30 * 60_000;
const takeOver = new Store<(() => void) | undefined>(undefined);

export function watchVersions(): void {
  registerWorker({
    script: "/terminal-worker.js",
    scope: "/terminal",
    offer: (accept) => takeOver.set(accept),
    lookAgainMs,
  });
}

export function UpdatePrompt() {
  const accept = useStore(takeOver);
  if (accept === undefined) return null;
  return (
    <div class="update" role="status" data-testid="update">
      <Icon name="refresh-cw" />
      <span class="update__text">{t("update")}</span>
      <button type="button" class="pill" data-testid="update-now" onClick={accept}>
        {t("updateNow")}
      </button>
    </div>
  );
}
