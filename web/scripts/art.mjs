// Makes build/web/art.cpp: the emoji of art/art.txt, made smaller, measured, as a table for web/art/art.h.
import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import { smaller } from "./art_smaller.mjs";
import { isOfHue, oklch } from "./oklch.mjs";
import { built, modules, web, writeIfChanged } from "./paths.mjs";

const measuredAt = 96; // pixels a side
const drawingSize = 32;

function wanted() {
  const lines = readFileSync(`${web}art/art.txt`, "utf8").split("\n");
  return lines
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => {
      const [name, length, , tint = "none"] = line.split(" ");
      return { name, length: Number(length), tint };
    });
}

// The colours of all opaque pixels, and the box around what is drawn.
function measured(body) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${drawingSize} ${drawingSize}">${body}</svg>`;
  const image = new Resvg(svg, { fitTo: { mode: "width", value: measuredAt } }).render();
  const { pixels, width, height } = image;
  const box = { left: width, top: height, right: 0, bottom: 0 };
  const colours = [];
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) {
      const at = 4 * (y * width + x);
      if (pixels[at + 3] < 40) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
      if (pixels[at + 3] > 240) colours.push(oklch(pixels[at], pixels[at + 1], pixels[at + 2]));
    }
  }
  const scale = drawingSize / width;
  return {
    colours,
    box: Object.fromEntries(Object.entries(box).map(([side, value]) => [side, value * scale])),
  };
}

// The hue that most of the saturated colours are near to.
function mainHue(colours) {
  const weights = new Float64Array(72);
  for (const { chroma, hue } of colours) {
    const middle = Math.round(hue / 5);
    for (let i = -4; i <= 4; ++i) weights[(middle + i + 72) % 72] += chroma * (5 - Math.abs(i));
  }
  return weights.indexOf(Math.max(...weights)) * 5;
}

function average(colours, tint, hue) {
  const tinted = colours.filter((colour) => (tint === "grey" ? colour.chroma < 0.05 : isOfHue(colour, hue)));
  const mean = (what) => tinted.reduce((sum, colour) => sum + colour[what], 0) / Math.max(tinted.length, 1);
  return { lightness: mean("lightness"), chroma: mean("chroma") };
}

function row(icons, { name, length, tint }) {
  const icon = icons[name];
  if (!icon) throw new Error(`art/art.txt: Fluent Emoji has no "${name}"`);
  const body = smaller(icon.body);
  const { colours, box } = measured(body);
  const hue = mainHue(colours);
  const { lightness, chroma } = average(colours, tint, hue);
  const sides = [box.left, box.top, box.right, box.bottom].map((side) => `${side.toFixed(1)}f`).join(", ");
  const base = `${lightness.toFixed(3)}f, ${chroma.toFixed(3)}f, ${hue.toFixed(1)}f`;
  return `    {"${name}", R"art(${body})art"sv, ${length}, ArtTint::${tint}, ${sides}, ${base}},\n`;
}

const { icons } = JSON.parse(readFileSync(`${modules}@iconify-json/fluent-emoji/icons.json`, "utf8"));
const rows = wanted()
  .sort((left, right) => (left.name < right.name ? -1 : 1))
  .map((art) => row(icons, art));
writeIfChanged(
  `${built}art.cpp`,
  `#include "web/art/art.h"\nnamespace bramble {\nnamespace {\nusing std::operator""sv;\nconstexpr Art art[] = {\n${rows.join("")}};\n}\n` +
    "std::span<const Art> all_art() { return art; }\n}\n",
);
