// A short word at the screen's edge, spoken by screen readers.
import { element } from "./elements";

const shownMs = 5000;
const withActionMs = 9000;
const mostToasts = 3;

interface Action {
  text: string;
  address?: string;
  run?: () => void;
}

let place: HTMLElement | undefined;

// Made when the page starts: a live region must be there before something is said in it.
export function toastPlace(): HTMLElement {
  if (!place?.isConnected) {
    place = element("div", { class: "toasts", role: "status", "aria-live": "polite" });
    document.body.append(place);
  }
  return place;
}

function actionElement(action: Action, close: () => void): HTMLElement {
  if (action.address) return element("a", { class: "toast__action", href: action.address }, action.text);
  const button = element("button", { class: "toast__action", type: "button" }, action.text);
  button.addEventListener("click", () => {
    close();
    action.run?.();
  });
  return button;
}

export function toast(
  text: string,
  { action, kind, stays = false }: { action?: Action; kind?: "error"; stays?: boolean } = {},
): void {
  const said = element("div", { class: kind ? `toast toast--${kind}` : "toast" }, element("span", {}, text));
  const close = (): void => said.remove();
  if (action) said.append(actionElement(action, close));
  const all = toastPlace();
  while (all.childElementCount >= mostToasts) all.firstElementChild?.remove();
  all.append(said);
  if (!stays) setTimeout(close, action ? withActionMs : shownMs);
}
