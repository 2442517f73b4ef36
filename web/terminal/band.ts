// The last thing the terminal said: seen as a band of colour, heard as a sound, felt as a shake, read as text.
import { Store } from "../staff/store";
import { sound, type Sound } from "./sounds";

export interface Word {
  kind: Sound | "none";
  title: string;
  detail: string;
  turn: number; // grows, so that saying the same again is seen and read out again
}

export const band = new Store<Word>({ kind: "none", title: "", detail: "", turn: 0 });

export function tell(kind: Sound, title: string, detail = ""): void {
  sound(kind);
  band.set({ kind, title, detail, turn: band.value.turn + 1 });
}

export function hush(): void {
  if (band.value.kind !== "none") band.set({ ...band.value, kind: "none", title: "", detail: "" });
}
