// What only some browsers can do and nobody needs: sharing, where the buyer is, a new version of the shop offered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Buyer } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";
import { lookForUpdate, underWorker, versioned } from "./support/versions.mjs";

const shop = suite();
const petersburg = { latitude: 59.9343, longitude: 30.3351 };

for (const [language, word] of [
  ["ru", /обновился/],
  ["en", /updated/],
]) {
  test(`a new version of the shop is offered and taken by a press, ${language}`, async () => {
    const server = await versioned(shop.instance.storefront, "/sw.js");
    try {
      const { page } = await shop.person({ language });
      await page.goto(server.address);
      await underWorker(page);
      server.publish();
      await page.goto(`${server.address}/categories`);
      await lookForUpdate(page);
      const prompt = page.locator(".toast", { has: page.locator("button") });
      assert.match(await prompt.textContent(), word);
      const loaded = page.waitForEvent("load");
      await prompt.locator("button").click();
      await loaded;
      assert.ok(page.url().endsWith("/categories"));
      const waits = await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
      assert.equal(waits, false);
      assert.equal(await prompt.count(), 0);
    } finally {
      server.close();
    }
  });
}

async function onProduct(prepare) {
  const { page, context } = await shop.person({ permissions: [] });
  await page.addInitScript(prepare);
  const buyer = new Buyer(shop.instance, page);
  await buyer.find("");
  return { page, context, button: page.locator("[data-share]").first() };
}

test("goods are shared by the system, with their name and their address without a query", async () => {
  const { page, button } = await onProduct(() => {
    navigator.share = async (what) => void (globalThis.shared = what);
  });
  await button.click();
  const shared = await page.evaluate(() => globalThis.shared);
  const title = (await page.locator("h1").textContent()).trim();
  assert.ok(shared.title.startsWith(title), shared.title);
  assert.equal(new URL(shared.url).search, "");
  assert.equal(new URL(shared.url).pathname, new URL(page.url()).pathname);
});

test("who thinks better of sharing is told nothing; a failure is said", async () => {
  const { page, button } = await onProduct(() => {
    navigator.share = async () => {
      throw new DOMException("", globalThis.why);
    };
  });
  await page.evaluate(() => (globalThis.why = "AbortError"));
  await button.click();
  assert.equal(await page.locator(".toast").count(), 0);
  await page.evaluate(() => (globalThis.why = "DataError"));
  await button.click();
  await page.locator(".toast--error").waitFor();
});

test("where nothing shares, the address is copied", async () => {
  const { page, context, button } = await onProduct(() => {
    delete Navigator.prototype.share;
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button.click();
  await page.locator(".toast").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(new URL(copied).pathname, new URL(page.url()).pathname);
});

async function atCheckout(options) {
  const { page } = await shop.person(options);
  const buyer = new Buyer(shop.instance, page);
  await buyer.find("");
  await buyer.buy();
  await buyer.checkOut();
  await page.locator("[data-near-me]").waitFor();
  return page;
}

// How far the listed points are from somewhere, in the list's order, in metres.
function distances(page, { latitude, longitude }) {
  return page.locator(".point-list__item").evaluateAll(
    (items, [lat, lon]) =>
      items.map(({ dataset }) => {
        const north = (Number(dataset.lat) - lat) * 111_320;
        const east = (Number(dataset.lon) - lon) * 111_320 * Math.cos((lat * Math.PI) / 180);
        return Math.round(Math.hypot(north, east));
      }),
    [latitude, longitude],
  );
}

test("pickup points come nearest first once the buyer says where they are", async () => {
  const page = await atCheckout({
    geolocation: petersburg,
    permissions: ["geolocation"],
  });
  const before = await distances(page, petersburg);
  await page.locator("[data-near-me]").click();
  await page.waitForURL(/lat=59\.934&lon=30\.335/);
  await page.locator(".point-map__here").waitFor();
  const after = await distances(page, petersburg);
  assert.ok(after.length > 1);
  for (let at = 1; at < after.length; at += 1) assert.ok(after[at] >= after[at - 1] - 50, after.join());
  assert.ok(after[0] < 10_000 && after[0] < before[0], `${before[0]} then ${after[0]}`);
});

test("who does not say where they are keeps the list, and is told how to", async () => {
  const page = await atCheckout({ permissions: [] });
  const before = await distances(page, petersburg);
  await page.locator("[data-near-me]").click();
  await page.locator(".toast--error").waitFor();
  assert.match(await page.locator(".toast--error").textContent(), /Разрешите/);
  assert.deepEqual(await distances(page, petersburg), before);
  assert.equal(await page.locator("[data-near-me]").isEnabled(), true);
});
