// Packs what Vite built into what web/CMakeLists.txt links in: assets.bin, every file as it is, with brotli
// and with gzip, one after another; and web_files.cpp, the tables that say where each one lies.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { rootFiles } from "./root_files.mjs";
import { built, writeIfChanged } from "./paths.mjs";

const types = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};
// What a first view of the storefront may transfer besides its HTML and pictures, in bytes.
const budgets = [
  [["storefront.css"], 12_000],
  [["storefront.js"], 12_000],
  [
    [
      "storefront.css",
      "storefront.js",
      "icons.svg",
      "onest-latin.woff2",
      "onest-cyrillic.woff2",
      "onest-ruble.woff2",
    ],
    48_000,
  ],
];
const packable = new Set(["css", "html", "js", "json", "svg", "webmanifest"]);

const ending = (name) => name.slice(name.lastIndexOf(".") + 1);

// "storefront.Bd0c_k3e.css" is asked for as "storefront.css".
function plainName(file) {
  const match = /^(.+)\.[A-Za-z0-9_-]{8}\.(\w+)$/.exec(file);
  if (!match) throw new Error(`${file}: Vite gave it no hash`);
  return `${match[1]}.${match[2]}`;
}

function pageFiles() {
  const folder = `${built}pages/`;
  return readdirSync(folder)
    .filter((file) => !file.startsWith("."))
    .map((file) => ({ path: `/assets/${file}`, bytes: readFileSync(folder + file), forever: true }));
}

const packedBefore = new Map();

const manifests = readdirSync(`${built}pages/.vite`).map((file) =>
  JSON.parse(readFileSync(`${built}pages/.vite/${file}`, "utf8")),
);

// What pages ask for by name: each program's script and style, and every file of a kind of its own. (Two
// programs whose styles are the same share one file.)
function addressesOf(pages) {
  const addresses = new Map();
  for (const { isEntry, name, file, css = [] } of manifests.flatMap(Object.values)) {
    if (!isEntry) continue;
    if (css.length > 1) throw new Error(`${name}: imports more than one style: let one @import the others`);
    addresses.set(`${name}.js`, `/assets/${file}`);
    if (css.length === 1) addresses.set(`${name}.css`, `/assets/${css[0]}`);
  }
  for (const { path } of pages) {
    const name = plainName(path.slice("/assets/".length));
    if (!/\.(js|css)$/.test(name)) addresses.set(name, path);
  }
  return addresses;
}

// Every file that a program may ask for, also later.
function filesOf(program) {
  const manifest = manifests.find((one) => Object.values(one).some(({ name }) => name === program));
  const found = new Set();
  const take = (key) => {
    const { file, css = [], assets = [], imports = [], dynamicImports = [] } = manifest[key];
    if (found.has(file)) return;
    for (const one of [file, ...css, ...assets]) found.add(one);
    for (const other of [...imports, ...dynamicImports]) take(other);
  };
  take(Object.keys(manifest).find((key) => manifest[key].name === program));
  return [...found].sort().map((file) => `/assets/${file}`);
}

function packed({ path, bytes }) {
  const known = packedBefore.get(path);
  if (known) return known;
  const made = pack(path, bytes);
  packedBefore.set(path, made);
  return made;
}

function pack(path, bytes) {
  if (!packable.has(ending(path))) return { brotli: Buffer.alloc(0), gzip: Buffer.alloc(0) };
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  const gzip = gzipSync(bytes, { level: 9 });
  const smaller = (other) => (other.length < bytes.length ? other : Buffer.alloc(0));
  return { brotli: smaller(brotli), gzip: smaller(gzip) };
}

const blob = [];
let size = 0;
function place(bytes) {
  const at = `${size}, ${bytes.length}`;
  blob.push(bytes);
  size += bytes.length;
  return at;
}

const pages = pageFiles();
const addresses = addressesOf(pages);
const text = (...parts) => parts.map((part) => JSON.stringify(part)).join(", ");

for (const [names, most] of budgets) {
  const sizes = names.map((name) => {
    const file = pages.find(({ path }) => path === addresses.get(name));
    return packed(file).brotli.length || file.bytes.length;
  });
  const sum = sizes.reduce((one, other) => one + other, 0);
  if (sum > most) throw new Error(`${names.join(" + ")}: ${sum} bytes transferred, at most ${most}`);
}

const fixed = rootFiles(addresses, filesOf);
for (const { path } of fixed) addresses.set(path.slice(1), path);
const files = [...pages, ...fixed]
  .sort((a, b) => (a.path < b.path ? -1 : 1))
  .map((file) => {
    const type = types[ending(file.path)];
    if (!type) throw new Error(`${file.path}: scripts/pack.mjs knows no content type for it`);
    const { brotli, gzip } = packed(file);
    const etag = createHash("sha256").update(file.bytes).digest("hex").slice(0, 16);
    const places = [file.bytes, brotli, gzip].map(place).join(", ");
    return `    {${text(file.path, type, etag)}, ${file.forever}, ${places}},\n`;
  });
const names = [...addresses]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, path]) => `    {${text(name, path)}},\n`);

writeIfChanged(`${built}assets.bin`, Buffer.concat(blob));
writeIfChanged(
  `${built}web_files.cpp`,
  `// Made by web/scripts/pack.mjs.
#include "web/web_files.h"

namespace bramble {
namespace {
constexpr WebFile files[] = {
${files.join("")}};
constexpr WebName names[] = {
${names.join("")}};
}  // namespace

std::span<const WebFile> web_files() { return files; }
std::span<const WebName> web_names() { return names; }
}  // namespace bramble
`,
);
