// Files whose addresses are fixed by what browsers look for: the app's manifest and pictures, the service workers,
// and the page that the shop's shows without a connection.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { buildSync } from "esbuild";
import { made, web } from "./paths.mjs";

const pictures = ["app-192.png", "app-512.png", "apple-touch-icon.png", "favicon.png"];
const shellNames = [
  "storefront.css",
  "storefront.js",
  "icons.svg",
  "onest-latin.woff2",
  "onest-cyrillic.woff2",
];

function manifest() {
  const picture = (size) => ({
    src: `/app-${size}.png`,
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose: "any maskable",
  });
  return JSON.stringify({
    id: "/",
    name: "Bramble",
    short_name: "Bramble",
    description: "Маркетплейс · Marketplace",
    lang: "ru",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#f4f3ee",
    theme_color: "#0b4f41",
    categories: ["shopping"],
    icons: [picture(192), picture(512)],
    shortcuts: [
      { name: "Заказы", url: "/orders" },
      { name: "Корзина", url: "/cart" },
    ],
  });
}

function address(addresses, name) {
  const found = addresses.get(name);
  if (!found) throw new Error(`nothing was built as ${name}`);
  return found;
}

function offlinePage(addresses) {
  return readFileSync(`${web}storefront/offline.html`, "utf8").replace(/\{([\w.-]+)\}/g, (_, name) =>
    address(addresses, name),
  );
}

// `version` changes with everything that the shell is made of, and with it the worker's bytes: then browsers
// install it anew.
function worker(program, shell, more = {}, content = "") {
  const version = createHash("sha256").update(content).update(shell.join()).digest("hex").slice(0, 12);
  const given = { SHELL: shell, VERSION: version, ...more };
  const { outputFiles } = buildSync({
    entryPoints: [`${web}${program}/worker/sw.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["chrome90", "firefox90", "safari15"],
    define: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, JSON.stringify(value)])),
  });
  return Buffer.from(outputFiles[0].contents);
}

// `addresses` has each file by its plain name, `filesOf` all files of a program.
export function rootFiles(addresses, filesOf) {
  const file = (path, content) => ({ path, bytes: Buffer.from(content), forever: false });
  const offline = offlinePage(addresses);
  const shell = ["/offline.html", ...shellNames.map((name) => address(addresses, name))];
  return [
    ...pictures.map((name) => file(`/${name}`, readFileSync(made + name))),
    file("/manifest.webmanifest", manifest()),
    file("/offline.html", offline),
    file("/sw.js", worker("storefront", shell, {}, offline)),
    file(
      "/terminal-worker.js",
      worker("terminal", filesOf("terminal"), { PROGRAM: address(addresses, "terminal.js") }),
    ),
  ];
}
