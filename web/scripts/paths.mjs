// Where the build of web/ reads and writes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const web = fileURLToPath(new URL("..", import.meta.url));
export const modules = `${web}node_modules/`;
export const made = `${web}made/`;
export const built = fileURLToPath(new URL("../../build/web/", import.meta.url));

// Keeps the file's time when nothing changed, so that what depends on it is not built again.
export function writeIfChanged(path, content) {
  const bytes = Buffer.from(content);
  try {
    if (readFileSync(path).equals(bytes)) return;
  } catch {
    mkdirSync(dirname(path), { recursive: true });
  }
  writeFileSync(path, bytes);
}
