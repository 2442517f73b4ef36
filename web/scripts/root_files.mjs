// Files whose addresses are fixed by what browsers look for: the app's manifest and its service worker.
import { made } from "./paths.mjs";
import { readFileSync } from "node:fs";

export function rootFiles() {
  const file = (path, bytes) => ({ path, bytes, forever: false });
  return [file("/favicon.png", readFileSync(`${made}favicon-32.png`))];
}
