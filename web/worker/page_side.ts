// The page's side of a service worker: registers it, and offers a new version when there is one. Nothing is
// replaced under who works: the page is loaded anew when its reader says so.

interface Wanted {
  script: string;
  scope: string;
  offer: (takeOver: () => void) => void;
  lookAgainMs?: number; // for pages that stay open all day: nothing else would ask for a new version
}

function watch(registration: ServiceWorkerRegistration, offer: Wanted["offer"]): void {
  const offerIt = (worker: ServiceWorker): void => offer(() => worker.postMessage("take-over"));
  // With no controller this is the first one: nothing to prompt for.
  if (registration.waiting && navigator.serviceWorker.controller) offerIt(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && navigator.serviceWorker.controller) offerIt(worker);
    });
  });
}

export function registerWorker({ script, scope, offer, lookAgainMs }: Wanted): void {
  if (!("serviceWorker" in navigator)) return;
  let hadController = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadController) location.reload();
    hadController = true;
  });
  const register = (): void => {
    navigator.serviceWorker
      .register(script, { scope })
      .then((registration) => {
        watch(registration, offer);
        if (lookAgainMs === undefined) return;
        setInterval(() => void registration.update().catch(() => undefined), lookAgainMs);
      })
      .catch(() => undefined);
  };
  // After the page's own loading: a slow connection is for the page.
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}
