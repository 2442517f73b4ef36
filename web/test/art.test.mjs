import { Resvg } from "@resvg/resvg-js";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { smaller } from "../scripts/art_smaller.mjs";
import { oklch } from "../scripts/oklch.mjs";

const icons = JSON.parse(readFileSync("node_modules/@iconify-json/fluent-emoji/icons.json", "utf8")).icons;

const pixels = (body) =>
  new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${body}</svg>`, {
    fitTo: { mode: "width", value: 64 },
  }).render().pixels;

describe("a drawing made smaller", () => {
  it("keeps numbers apart that were told apart by their points and signs", () => {
    const short = (d) => smaller(`<path d="${d}"/>`).slice(9, -3);
    expect(short("M1.999.5")).toBe("M2 .5");
    expect(short("M1.234-.001")).toBe("M1.23 0");
    expect(short("M.123.456")).toBe("M.12.46");
    expect(short("M3 .004l.5.5")).toBe("M3  0l.5.5");
  });

  it("names each part shortly and keeps what refers to it", () => {
    const body = smaller('<g fill="url(#long)"/><defs><linearGradient id="long"/></defs>');
    expect(body).toContain("url(#a0)");
    expect(body).toContain('id="a0"');
  });

  it.each(["running-shoe", "teapot", "dress", "bicycle", "kitchen-knife"])("looks as before: %s", (name) => {
    const before = pixels(icons[name].body);
    const after = pixels(smaller(icons[name].body));
    expect(smaller(icons[name].body).length).toBeLessThan(icons[name].body.length);
    let apart = 0;
    for (let i = 0; i < before.length; ++i) apart += Math.abs(before[i] - after[i]);
    expect(apart / before.length).toBeLessThan(3);
  });

  it("refuses a style that would be lost", () => {
    expect(() => smaller('<g style="mix-blend-mode:multiply"/>')).toThrow();
  });
});

describe("OKLCH", () => {
  it("is as CSS has it", () => {
    const red = oklch(255, 0, 0);
    expect(red.lightness).toBeCloseTo(0.628, 2);
    expect(red.chroma).toBeCloseTo(0.258, 2);
    expect(red.hue).toBeCloseTo(29.2, 0);
  });
});
