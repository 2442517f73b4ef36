// Shortcuts: function keys, which no scanner sends and no text needs. Shown beside their buttons once somebody
// works by keyboard.
import { useEffect, useRef } from "preact/hooks";
import { Store, useStore } from "../staff/store";

export type Shortcuts = Partial<
  Record<"F1" | "F2" | "F3" | "F4" | "F6" | "F7" | "F8" | "F9" | "Escape", () => void>
>;

const layers: { current: Shortcuts }[] = [];
const byKeyboard = new Store(window.matchMedia?.("(hover: hover) and (pointer: fine)").matches ?? false);

window.addEventListener("keydown", (event) => {
  if (/^F\d+$/.test(event.key) || event.key === "Tab") {
    if (!byKeyboard.value) byKeyboard.set(true);
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  // An open dialog has its own Escape, and nothing below it is to be reached.
  const inDialog = document.querySelector("dialog[open]") !== null;
  for (let at = layers.length - 1; at >= 0; --at) {
    const action = layers[at]!.current[event.key as keyof Shortcuts];
    if (action === undefined || (inDialog && event.key === "Escape")) continue;
    event.preventDefault();
    action();
    return;
  }
});

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    layers.push(latest);
    return () => {
      layers.splice(layers.indexOf(latest), 1);
    };
  }, []);
}

export function useKeyboardHints(): boolean {
  return useStore(byKeyboard);
}
