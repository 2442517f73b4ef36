// Onest (OFL) cut to what the pages write: one small file a script for the first view, and the rest of each
// script in files that a browser fetches only when a text needs them.
import { readFileSync } from "node:fs";
import subsetFont from "subset-font";
import { modules } from "./paths.mjs";

const weights = { wght: { min: 400, max: 800 } };

// [name, file of @fontsource-variable/onest, ranges]
const cuts = [
  [
    "onest-latin",
    "latin",
    "U+20-7E,U+A0,U+AB,U+B0,U+B7,U+BB,U+D7,U+2009,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+202F,U+2212",
  ],
  ["onest-cyrillic", "cyrillic", "U+401,U+410-44F,U+451,U+2116"],
  ["onest-ruble", "latin-ext", "U+20BD"],
  [
    "onest-latin-rest",
    "latin",
    "U+A1-AA,U+AC-AF,U+B1-B6,U+B8-BA,U+BC-D6,U+D8-FF,U+131,U+152-153,U+2020-2021,U+2030,U+2039-203A,U+20AC,U+2122",
  ],
  ["onest-cyrillic-rest", "cyrillic", "U+400,U+402-40F,U+450,U+452-45F,U+490-491,U+4B0-4B1"],
];

function characters(ranges) {
  return ranges
    .split(",")
    .flatMap((range) => {
      const [first, last] = range
        .slice(2)
        .split("-")
        .map((digits) => parseInt(digits, 16));
      return Array.from({ length: (last ?? first) - first + 1 }, (_, i) => String.fromCodePoint(first + i));
    })
    .join("");
}

export async function fonts() {
  const files = new Map();
  let css = "/* Made by scripts/fonts.mjs. */\n";
  for (const [name, part, ranges] of cuts) {
    const whole = readFileSync(`${modules}@fontsource-variable/onest/files/onest-${part}-wght-normal.woff2`);
    const cut = await subsetFont(whole, characters(ranges), {
      targetFormat: "woff2",
      variationAxes: weights,
    });
    files.set(`${name}.woff2`, cut);
    css +=
      `@font-face{font-family:Onest;font-style:normal;font-weight:400 800;font-display:swap;` +
      `src:url(./${name}.woff2) format("woff2");unicode-range:${ranges}}\n`;
  }
  files.set("fonts.css", css);
  return files;
}
