// The app's icon in the sizes that phones ask for, drawn from design/app.svg.
import { Resvg } from "@resvg/resvg-js";
import { readFileSync } from "node:fs";
import { web } from "./paths.mjs";

const sizes = [
  ["app-192.png", 192],
  ["app-512.png", 512],
  ["apple-touch-icon.png", 180],
  ["favicon.png", 48],
];

export function appPictures() {
  const svg = readFileSync(`${web}design/app.svg`, "utf8");
  return sizes.map(([name, width]) => [
    name,
    new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng(),
  ]);
}
