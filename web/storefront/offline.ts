// Says when there is no connection, and when it is back.
import { element, icon } from "./elements";
import { toast, toastPlace } from "./toast";
import { words } from "./words";

let banner: HTMLElement | undefined;

function show(): void {
  if (navigator.onLine || banner) return;
  banner = element(
    "div",
    { class: "offline", role: "status" },
    icon("wifi-off"),
    element("span", {}, words.offline),
  );
  document.getElementById("content")?.before(banner);
}

function hide(): void {
  if (!banner) return;
  banner.remove();
  banner = undefined;
  toast(words.online);
}

export function watchConnection(): void {
  toastPlace();
  addEventListener("offline", show);
  addEventListener("online", hide);
  show();
}
