import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("design/tokens.css", "utf8").replace(/\/\*.*?\*\//gs, "");

function values(selector: string): Map<string, string> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(css.indexOf("{", from) + 1, css.indexOf("}", from));
  const pairs = [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)];
  return new Map(pairs.map((pair) => [pair[1]!, pair[2]!.trim()]));
}

const light = values(":root");
const chosenDark = values(':root[data-theme="dark"]');
const systemDark = values(':root:not([data-theme="light"])');

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

// What is written upon what.
const texts: [string, string[]][] = [
  [
    "--ink",
    [
      "--ground",
      "--surface",
      "--sunken",
      "--brand-soft",
      "--info-soft",
      "--success-soft",
      "--warning-soft",
      "--error-soft",
    ],
  ],
  ["--ink-soft", ["--ground", "--surface", "--sunken", "--brand-soft"]],
  ["--link", ["--ground", "--surface", "--sunken", "--brand-soft"]],
  ["--on-header", ["--header"]],
  ["--header-soft", ["--header"]],
  ["--on-brand", ["--brand", "--brand-hover"]],
  ["--on-brand-soft", ["--brand-soft"]],
  ["--brand", ["--surface"]],
  ["--on-lime", ["--lime", "--lime-hover"]],
  ["--berry", ["--surface", "--ground"]],
  ["--on-berry", ["--berry"]],
  ["--info", ["--info-soft", "--surface"]],
  ["--success", ["--success-soft", "--surface"]],
  ["--warning", ["--warning-soft", "--surface"]],
  ["--error", ["--error-soft", "--surface"]],
  ["--surface", ["--error"]],
  ["--ground", ["--ink"]],
];

describe("the design's colours", () => {
  it("are the same in both dark themes", () => {
    expect([...chosenDark]).toEqual([...systemDark]);
    expect(chosenDark.size).toBeGreaterThan(20);
  });

  for (const [theme, colours] of [
    ["light", light],
    ["dark", chosenDark],
  ] as const) {
    it(`can be read in the ${theme} theme`, () => {
      const faint = texts.flatMap(([text, grounds]) =>
        grounds
          .map((ground) => ({ text, ground, ratio: contrast(colours.get(text)!, colours.get(ground)!) }))
          .filter(({ ratio }) => ratio < 4.5),
      );
      expect(faint).toEqual([]);
    });

    it(`show where fields and controls end in the ${theme} theme`, () => {
      for (const ground of ["--surface", "--ground"]) {
        expect(contrast(colours.get("--line-strong")!, colours.get(ground)!)).toBeGreaterThan(3);
      }
    });
  }
});
