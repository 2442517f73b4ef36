// A form that changes something is sent once, however often its button is pressed, and not at all without a
// connection.
import { toast } from "./toast";
import { words } from "./words";

const patienceMs = 20_000;
const sent = new Set<HTMLFormElement>();

export function setBusy(button: Element | null | undefined, busy: boolean): void {
  if (busy) button?.setAttribute("aria-busy", "true");
  else button?.removeAttribute("aria-busy");
}

function release(form: HTMLFormElement): void {
  sent.delete(form);
  for (const button of form.querySelectorAll("[aria-busy]")) setBusy(button, false);
}

function guard(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  // Modules that send a form by themselves have prevented this already, and guard it themselves.
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  if (!navigator.onLine) {
    event.preventDefault();
    toast(words.notSent, { kind: "error" });
    return;
  }
  sent.add(form);
  setBusy(event.submitter ?? form.querySelector("[type=submit]"), true);
  setTimeout(() => release(form), patienceMs);
}

export function sendOnce(): void {
  addEventListener("submit", guard);
  // Coming back by the browser's button shows the page as it was left: with its forms sent.
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of [...sent]) release(form);
  });
}
