// The last message of the terminal: a band of colour, a sound, a vibration and a text for screen readers.
import { Store } from "../staff/store";
import { sound, type Sound } from "./sounds";

export interface Toast {
  kind: Sound | "none";
  title: string;
  detail: string;
  turn: number; // grows, so that saying the same again is seen and read out again
}

export const toast = new Store<Toast>({ kind: "none", title: "", detail: "", turn: 0 });

export function showToast(kind: Sound, title: string, detail = ""): void {
  sound(kind);
  toast.set({ kind, title, detail, turn: toast.value.turn + 1 });
}

export function clearToast(): void {
  if (toast.value.kind !== "none") toast.set({ ...toast.value, kind: "none", title: "", detail: "" });
}
