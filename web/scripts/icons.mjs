// One SVG sprite of the icons that design/icons.txt lists, from Lucide (ISC).
import { readFileSync } from "node:fs";
import { modules, web } from "./paths.mjs";

export function iconSprite() {
  const lucide = JSON.parse(readFileSync(`${modules}@iconify-json/lucide/icons.json`, "utf8"));
  const names = readFileSync(`${web}design/icons.txt`, "utf8")
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter(Boolean);
  const symbols = [...new Set(names)].sort().map((name) => {
    const icon = lucide.icons[name] ?? lucide.icons[lucide.aliases?.[name]?.parent];
    if (!icon) throw new Error(`design/icons.txt: Lucide has no icon "${name}"`);
    return `<symbol id="${name}" viewBox="0 0 24 24">${icon.body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}
