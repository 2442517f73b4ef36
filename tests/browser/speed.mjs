// How fast the pages are for a buyer on slow 4G with a processor four times slower: `node speed.mjs`, with
// build/release/bramble; prints one JSON object a page. Largest Contentful Paint and the delay of an
// interaction are Chromium's own figures; bytes are what was transferred on a first view, pictures apart: beyond
// their budgets it fails, since they do not depend on the machine.
import { openBrowser, person, phone } from "./support/browser.mjs";
import { Buyer } from "./support/buyer.mjs";
import { Instance } from "./support/instance.mjs";

// Lighthouse's "slow 4G": 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up.
const slow4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
const runs = 3;
const budget = { document: 14 * 1024, all: 60 * 1024 };
const instance = await Instance.start();
const browser = await openBrowser();

function watch() {
  globalThis.seen = { lcp: 0, delay: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.seen.lcp = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      globalThis.seen.delay = Math.max(globalThis.seen.delay, entry.duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}

async function measure(path) {
  const { page, context } = await person(browser, { size: phone, serviceWorkers: "block" });
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", slow4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const kinds = new Map();
  const bytes = { document: 0, others: 0, pictures: 0 };
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind === "Document") bytes.document += encodedDataLength;
    else if (kind === "Image") bytes.pictures += encodedDataLength;
    else bytes.others += encodedDataLength;
  });
  await page.addInitScript(watch);
  await page.goto(instance.storefront + path, { waitUntil: "load" });
  await page.waitForLoadState("networkidle");
  // What a finger does first: it opens the search and types.
  await page.locator("input#q").click();
  await page.keyboard.type("кр", { delay: 80 });
  await page.waitForFunction(() => globalThis.seen.lcp > 0);
  await page.waitForTimeout(300); // the last interaction's entry comes after its frame
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return { lcp_ms: Math.round(seen.lcp), interaction_ms: Math.round(seen.delay), ...bytes };
}

function median(rows, key) {
  return rows.map((row) => row[key]).sort((a, b) => a - b)[Math.floor(rows.length / 2)];
}

try {
  const { page, context } = await person(browser);
  await new Buyer(instance, page).find("кроссовки");
  const product = new URL(page.url()).pathname;
  await context.close();
  for (const [name, path] of [
    ["home", "/"],
    ["search", `/search?q=${encodeURIComponent("кроссовки")}`],
    ["product", product],
  ]) {
    const rows = [];
    for (let run = 0; run < runs; run += 1) rows.push(await measure(path));
    const figures = Object.fromEntries(Object.keys(rows[0]).map((key) => [key, median(rows, key)]));
    console.log(JSON.stringify({ page: name, runs, ...figures }));
    const over = figures.document > budget.document || figures.document + figures.others > budget.all;
    if (over) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await instance.stop();
}
