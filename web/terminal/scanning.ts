// Binds the wedge to the page: a scan is heard wherever the focus is, presses no button, and leaves no trace in
// a field that happened to have the focus.
import { useEffect, useRef } from "preact/hooks";
import { tidyCode } from "./codes";
import { wakeSound } from "./sounds";
import { Wedge } from "./wedge";

type Listener = (code: string) => void;
type Field = HTMLInputElement | HTMLTextAreaElement;

const listeners: Listener[] = [];
const wedge = new Wedge();
// What the focused field held before the keys of a burst came.
let before: { field: Field; value: string; at: number } | undefined;

function fieldOf(target: EventTarget | null): Field | undefined {
  const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return field ? target : undefined;
}

function restore(startedAt: number): void {
  if (before === undefined || before.at < startedAt) return;
  before.field.value = before.value;
  before.field.dispatchEvent(new Event("input", { bubbles: true }));
  before = undefined;
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function press(event: KeyboardEvent): void {
  wakeSound();
  if (listeners.length === 0 || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const at = event.timeStamp;
  if (event.key === "Enter" && wedge.isEcho(at)) return swallow(event);
  const field = fieldOf(event.target);
  const burst = wedge.press({ key: event.key, code: event.code, shift: event.shiftKey, at });
  if (burst !== undefined) {
    swallow(event);
    restore(burst.startedAt);
    listeners[listeners.length - 1]!(tidyCode(burst.text));
    return;
  }
  if (event.key.length === 1 && wedge.startedAtNow(at) && field !== undefined) {
    before = { field, value: field.value, at };
  }
}

window.addEventListener("keydown", press, { capture: true });
window.addEventListener("pointerdown", wakeSound, { capture: true, passive: true });

// Gives each scan to the screen (or the dialog above it) that asked last.
export function useScans(listener: Listener): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const call: Listener = (code) => latest.current(code);
    listeners.push(call);
    return () => {
      listeners.splice(listeners.indexOf(call), 1);
    };
  }, []);
}
