// Time that runs out: [data-pay-until="2026-11-24T12:00:00Z"] beside a way to pay, [data-resend-in="42"]
// above the button that asks for another code.
import { element, icon } from "./elements";
import { words } from "./words";

const soonSeconds = 120;

export function clockText(seconds: number): string {
  const rest = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
}

// Calls with the seconds left, every second, until none are left or the element has gone from the page.
function everySecond(owner: HTMLElement, until: number, say: (left: number) => void): void {
  const tick = (): void => {
    const left = (until - Date.now()) / 1000;
    say(left);
    if (left > 0 && owner.isConnected) setTimeout(tick, 1000);
  };
  tick();
}

export function countDown(link: HTMLElement): void {
  const until = Date.parse(link.dataset.payUntil ?? "");
  if (Number.isNaN(until)) return;
  const text = element("span");
  const shown = element("span", { class: "countdown", role: "timer" }, icon("clock"), text);
  link.after(shown);
  everySecond(link, until, (left) => {
    text.textContent = words.left(clockText(left));
    shown.classList.toggle("countdown--soon", left < soonSeconds);
    if (left <= 0) link.dispatchEvent(new CustomEvent("time-over", { bubbles: true }));
  });
}

export function resendLater(note: HTMLElement): void {
  const seconds = Number(note.dataset.resendIn);
  const button = note.closest("form")?.querySelector<HTMLButtonElement>("[type=submit]");
  if (!button || !(seconds > 0)) return;
  button.disabled = true;
  everySecond(note, Date.now() + seconds * 1000, (left) => {
    note.textContent = `${words.resendIn} ${clockText(left)}`;
    if (left > 0) return;
    note.hidden = true;
    button.disabled = false;
  });
}
