import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

const sprite = readFileSync("made/icons.svg", "utf8");
const listed = readFileSync("design/icons.txt", "utf8")
  .split("\n")
  .map((line) => line.replace(/#.*/, "").split("=")[0]!.trim())
  .filter(Boolean);
const own = readdirSync("design/icons").map((file) => file.replace(".svg", ""));

describe("the icon sprite", () => {
  it("has every icon that is listed and no other", () => {
    const drawn = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]);
    expect(drawn).toEqual([...new Set([...listed, ...own])].sort());
  });
});
