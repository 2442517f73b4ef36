// Whoever looks for a component finds it at /design.
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";

const styles = resolve(process.cwd(), "design/components");
const templates = resolve(process.cwd(), "../gateways/storefront/pages/templates");

// What scripts and the frame of every page bring along, and the places of one page's parts.
const elsewhere = new Set([
  "checkout",
  "has-script",
  "has-sheet",
  "is-sandboxed",
  "offline",
  "without-script",
]);

const block = (name: string): string => name.split(/__|--/)[0] ?? name;

function read(folder: string, wanted: RegExp): string {
  return readdirSync(folder)
    .filter((file) => wanted.test(file))
    .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
    .join("\n");
}

it("every component stands in the gallery", () => {
  const css = read(styles, /\.css$/).replace(/\/\*[^]*?\*\//g, "");
  const html = read(templates, /^(design|layout)/);
  const shown = new Set(
    [...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(/\s+/)).map(block),
  );
  const blocks = new Set([...css.matchAll(/\.([a-z][a-z0-9_-]*)/g)].map(([, name = ""]) => block(name)));
  expect([...blocks].filter((name) => !shown.has(name) && !elsewhere.has(name))).toEqual([]);
});
