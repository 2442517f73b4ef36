import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Package {
  version: string;
  license: string;
}

const page = readFileSync("LICENCES.md", "utf8");
const rows = [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|/gm)].map((row) =>
  row.slice(1, 4).map((cell) => cell.trim()),
);
const allowed = new Set(["MIT", "ISC", "OFL-1.1", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);

describe("the licences page", () => {
  it("names every package that is built in, as it is installed", () => {
    for (const [name, version, licence] of rows) {
      const installed = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")) as Package;
      expect([name, version, licence]).toEqual([name, installed.version, installed.license]);
      expect(allowed).toContain(licence);
    }
  });

  it("leaves out none that our sources import", async () => {
    const { readdirSync } = await import("node:fs");
    const sources = ["design", "storefront", "terminal", "console"].flatMap((folder) =>
      readdirSync(folder, { recursive: true } as never).map((file) => `${folder}/${String(file)}`),
    );
    const imported = new Set<string>([
      "@fontsource-variable/onest",
      "@iconify-json/fluent-emoji",
      "@iconify-json/lucide",
    ]);
    for (const file of sources.filter((name) => /\.tsx?$/.test(name))) {
      for (const [, name] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"([^".][^"]*)"/g)) {
        imported.add(name!.startsWith("@") ? name!.split("/").slice(0, 2).join("/") : name!.split("/")[0]!);
      }
    }
    // What JSX is compiled to.
    imported.add("preact");
    expect(rows.map(([name]) => name).sort()).toEqual([...imported].sort());
  });
});
