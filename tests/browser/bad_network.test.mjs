// A cheap phone with a bad connection: slow 3G, and none at all in the middle of a checkout.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Buyer } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";

const shop = suite();
const slow3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

async function throttle(context, page, conditions) {
  const session = await context.newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", conditions);
}

test("an order is made and paid on slow 3G", async () => {
  const { page, context } = await shop.person();
  await throttle(context, page, slow3G);
  context.setDefaultTimeout(60_000);
  const buyer = new Buyer(shop.instance, page);
  await buyer.order("");
  assert.ok(["PAID", "ASSEMBLING"].includes(await buyer.status()));
});

test("Pay without a connection says so and keeps the page; with one again it goes through, once", async () => {
  const { page, context } = await shop.person();
  const buyer = new Buyer(shop.instance, page);
  await buyer.find("");
  await buyer.buy();
  await buyer.checkOut();
  await buyer.choose("card_3ds");
  await context.setOffline(true);
  await buyer.payButton().click();
  await page.locator("[data-offline], .toast, .offline").first().waitFor();
  assert.ok(page.url().includes("/checkout"), page.url());
  await context.setOffline(false);
  await page.waitForFunction(() => navigator.onLine);
  await buyer.payButton().click();
  await page.waitForURL("**/acs/**");
  await buyer.confirmAtBank();
  await buyer.seePaid();
  await buyer.open("/orders");
  assert.equal(await page.locator(".order-card").count(), 1);
});

test("orders that were seen can be read without a connection, and the rest says that there is none", async () => {
  const { page, context } = await shop.person();
  const buyer = new Buyer(shop.instance, page);
  await buyer.open("/");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
  });
  const order = await buyer.order("");
  await buyer.open(`/orders/${order}`);
  await buyer.open("/orders");
  await context.setOffline(true);
  await buyer.open("/orders");
  assert.equal(await page.locator(`a[href='/orders/${order}']`).count(), 1);
  await buyer.open(`/orders/${order}`);
  await page.locator("[data-order-live]").waitFor();
  await buyer.open("/categories").catch(() => null);
  assert.ok((await page.locator("body").textContent()).length > 20);
  await context.setOffline(false);
});
