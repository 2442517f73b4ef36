// One SVG sprite of the icons that design/icons.txt lists: Lucide's (ISC) by its name or by a name of ours
// ("cart = shopping-cart"), and our own from design/icons/.
import { readdirSync, readFileSync } from "node:fs";
import { modules, web } from "./paths.mjs";

function lucideSymbol(lucide, line) {
  const [name, original = name] = line.split("=").map((part) => part.trim());
  const icon = lucide.icons[original] ?? lucide.icons[lucide.aliases?.[original]?.parent];
  if (!icon) throw new Error(`design/icons.txt: Lucide has no icon "${original}"`);
  return [name, `<symbol id="${name}" viewBox="0 0 24 24">${icon.body}</symbol>`];
}

function ownSymbol(file) {
  const name = file.replace(".svg", "");
  const body = readFileSync(`${web}design/icons/${file}`, "utf8").replace(/<!--.*?-->\s*/gs, "");
  const inner = body
    .replace(/^<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/\n\s*/g, "");
  return [name, `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`];
}

export function iconSprite() {
  const lucide = JSON.parse(readFileSync(`${modules}@iconify-json/lucide/icons.json`, "utf8"));
  const lines = readFileSync(`${web}design/icons.txt`, "utf8")
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter(Boolean);
  const symbols = new Map([
    ...lines.map((line) => lucideSymbol(lucide, line)),
    ...readdirSync(`${web}design/icons`).map(ownSymbol),
  ]);
  const sorted = [...symbols.keys()].sort().map((name) => symbols.get(name));
  return `<svg xmlns="http://www.w3.org/2000/svg">${sorted.join("")}</svg>`;
}
