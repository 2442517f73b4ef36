// A public scanner looks at the shop: `node scan.mjs`, with build/release/bramble. Wapiti crawls the storefront as
// a stranger and as a buyer, attacks what it finds, and whatever it reports fails the test, but for what `known`
// says with its reason. It is installed into build/wapiti, in the version that wapiti-requirements.txt pins.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Instance } from "../browser/support/instance.mjs";
import { buyersToken, install, run } from "./support.mjs";

const modules =
  "cookieflags,crlf,csp,csrf,exec,file,http_headers,ldap,log4shell,permanentxss,redirect,sql,ssrf,upload,xss,xxe";
const scanSeconds = 30; // of crawling, each of the two times
const attackSeconds = 5; // of each of the sixteen modules: at worst the two scans take four minutes

const known = [
  {
    category: "Secure Flag cookie",
    info: /Secure flag is not set/,
    reason: "the scan is over plain http on loopback; under an https public_url every cookie is Secure",
  },
];

function scan(programs, shop, name, cookies) {
  const report = join(shop.folder, `${name}.json`);
  const words = ["--url", `${shop.storefront}/`, "--scope", "domain", "--module", modules];
  words.push("--depth", "4", "--max-links-per-page", "20", "--max-files-per-dir", "8", "--tasks", "8");
  words.push("--max-scan-time", String(scanSeconds), "--max-attack-time", String(attackSeconds));
  words.push("--exclude", `${shop.storefront}/sign-out`, "--exclude", `${shop.storefront}/api/v1/events`);
  words.push("--store-session", shop.folder, "--flush-session", "--no-bugreport", "--format", "json");
  words.push("--output", report);
  if (cookies) words.push("--cookie-value", cookies);
  run(join(programs, "wapiti"), words);
  return JSON.parse(readFileSync(report, "utf8"));
}

function findings({ vulnerabilities, anomalies }) {
  return [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([category, found]) =>
    found.map((one) => ({ category, ...one })),
  );
}

function isKnown(finding) {
  return known.some((one) => one.category === finding.category && one.info.test(finding.info));
}

const programs = install("wapiti");
const shop = await Instance.start(["storefront.limit_loopback=false"]);
let wrong = 0;
try {
  for (const [name, cookies] of [
    ["stranger", ""],
    ["buyer", `access=${await buyersToken(shop)}`],
  ]) {
    const began = Date.now();
    const report = scan(programs, shop, name, cookies);
    const found = findings(report);
    const bad = found.filter((finding) => !isKnown(finding));
    for (const { category, method, path, parameter, info } of bad) {
      console.error(`${category}: ${method} ${path} ${parameter}: ${info}`);
    }
    const pages = report.infos.crawled_pages_nbr;
    // A scanner that saw nothing finds nothing.
    if (!(pages >= 20)) console.error(`only ${pages} pages were crawled`);
    if (bad.length > 0 || !(pages >= 20)) wrong += 1;
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(
      JSON.stringify({ scan: name, pages, findings: bad.length, known: found.length - bad.length, seconds }),
    );
  }
} finally {
  await shop.stop();
}
process.exit(wrong === 0 ? 0 : 1);
