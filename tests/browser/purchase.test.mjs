// The whole way of a buyer and a worker together, in both languages, on a phone and on a desk.
import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop, phone } from "./support/browser.mjs";
import { Buyer } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";
import { Worker } from "./support/worker.mjs";

const shop = suite();

// Who works at the site that packs the order.
async function workerOf(order, role = "warehouse") {
  const ask = await shop.instance.staffApi("admin");
  for (let tries = 0; tries < 100; tries += 1) {
    const { items } = await ask(`/api/v1/warehouse/tasks?order_id=${order}`);
    const login = shop.instance.logins.find(
      (known) => known.site === items[0]?.site_id && known.role === role,
    );
    if (login) return login;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no worker packs ${order}`);
}

for (const [language, size, name] of [
  ["ru", phone, "on a phone, in Russian"],
  ["en", desktop, "on a desk, in English"],
]) {
  test(`an order goes from the search to the packed parcel while its buyer looks on, ${name}`, async () => {
    const { page } = await shop.person({ language, size });
    const buyer = new Buyer(shop.instance, page);
    assert.equal(await page.goto(shop.instance.storefront).then((answer) => answer.status()), 200);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    await buyer.find(language === "ru" ? "кроссовки" : "sneakers");
    await buyer.buy();
    assert.equal(await buyer.count(), 1);
    await buyer.checkOut();
    const sum = await page.locator("[data-pay]").textContent();
    await buyer.pay();
    await buyer.confirmAtBank();
    const order = await buyer.seePaid();
    assert.ok(["PAID", "ASSEMBLING"].includes(await buyer.status()));
    const digits = (text) => text.replace(/\D/g, "");
    assert.ok(digits(await page.locator("main aside").first().textContent()).includes(digits(sum)));
    assert.equal(await buyer.count(), 0);

    const { page: terminal } = await shop.person({ language, size });
    const worker = new Worker(shop.instance, terminal);
    await worker.signIn(await workerOf(order));
    await worker.open(order);
    await worker.pickAll();
    await buyer.becomes("ASSEMBLING");
    await worker.pack();
    await buyer.becomes("READY_TO_SHIP");

    await buyer.open("/orders");
    assert.equal(await page.locator(`a[href='/orders/${order}']`).count(), 1);
  });
}

test("a supervisor takes over what a worker has begun", async () => {
  const { page } = await shop.person();
  const order = await new Buyer(shop.instance, page).order("");
  const { page: terminal } = await shop.person({ size: phone });
  const worker = new Worker(shop.instance, terminal);
  await worker.signIn(await workerOf(order));
  await worker.open(order);
  await worker.pickAll();
  const { page: other } = await shop.person({ size: phone });
  const supervisor = new Worker(shop.instance, other);
  await supervisor.signIn(await workerOf(order, "supervisor"));
  await supervisor.open(order);
  await other.locator("[data-testid=take-over]").click();
  await supervisor.pack();
});

test("wrong goods are refused with a word, and change nothing", async () => {
  const { page } = await shop.person();
  const buyer = new Buyer(shop.instance, page);
  const order = await buyer.order("");
  const { page: terminal } = await shop.person({ size: phone });
  const worker = new Worker(shop.instance, terminal);
  await worker.signIn(await workerOf(order));
  await worker.open(order);
  const line = terminal.locator("[data-testid=current-line]");
  await line.waitFor();
  const left = await terminal.locator("[data-testid=left]").textContent();
  await worker.scan(await line.getAttribute("data-bin"));
  await worker.scan("2000000000008");
  await terminal.locator("[data-testid=toast][data-kind=wrong]").waitFor();
  assert.equal(await terminal.locator("[data-testid=left]").textContent(), left);
  await worker.pickAll();
  await worker.pack();
});

test("an order that its buyer cancels is refunded and says so", async () => {
  const { page } = await shop.person();
  const buyer = new Buyer(shop.instance, page);
  const order = await buyer.order("");
  await page.locator(`a[href='/orders/${order}/cancel']`).click();
  await page.locator(`form[action='/orders/${order}/cancel'] button`).click();
  await buyer.becomes("REFUNDED");
  const { items } = await shop.instance.bankReport();
  const payment = items.find((row) => row.order_id === order);
  assert.equal(payment.refunded_minor, payment.captured_minor);
});
