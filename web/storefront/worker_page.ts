// The page's side of the service worker: registers it, and offers a new version when there is one.
import { toast } from "./toast";
import { words } from "./words";

function offer(worker: ServiceWorker): void {
  toast(words.update, {
    stays: true,
    action: { text: words.reload, run: () => worker.postMessage("take-over") },
  });
}

function watch(registration: ServiceWorkerRegistration): void {
  // With no controller this is the first one: nothing to prompt for.
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
    });
  });
}

export function registerWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  let hadController = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadController) location.reload();
    hadController = true;
  });
  // After the page's own loading: a slow connection is for the page.
  addEventListener("load", () => {
    navigator.serviceWorker
      .register("/sw.js")
      .then(watch)
      .catch(() => undefined);
  });
}
