// What is built of web/: an entry for each program that a page loads, in two builds, so that the storefront
// shares no small files with the others: each is a round trip of its first view. Names keep their stem, so
// that scripts/pack.mjs can tell "storefront.css" from its hash.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const entries: Record<string, Record<string, string>> = {
  storefront: { storefront: here("storefront/main.ts") },
  staff: { terminal: here("terminal/main.tsx"), console: here("console/main.tsx") },
};

export default defineConfig(({ mode }) => ({
  root: here("."),
  base: "/assets/",
  publicDir: false,
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    outDir: here("../build/web/pages"),
    emptyOutDir: false,
    manifest: `.vite/${mode}.json`,
    target: ["chrome90", "firefox90", "safari15"],
    cssTarget: ["chrome90", "firefox90", "safari15"],
    // Nothing by data: addresses; the pages' policy forbids them for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: entries[mode] ?? {},
      output: {
        entryFileNames: "[name].[hash].js",
        chunkFileNames: "[name].[hash].js",
        assetFileNames: "[name].[hash][extname]",
      },
    },
  },
  test: {
    environment: "jsdom",
    include: ["test/**/*.test.{ts,mjs}", "test/**/*.test.tsx"],
    cache: false,
    // No test says how fast a machine is, and build machines may be busy.
    testTimeout: 60_000,
  },
}));
