// A hand-held where the Wi-Fi does not reach: the terminal is loaded again, works on, and sends what it kept once
// the network is back. And a new version of it is offered between tasks, not in the middle of one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Buyer } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";
import { lookForUpdate, underWorker, versioned } from "./support/versions.mjs";
import { Worker } from "./support/worker.mjs";

const shop = suite();

// A worker of the site where an order of two units waits to be picked.
async function atWork(ops = shop.instance.ops) {
  const { page: theirs } = await shop.person();
  const buyer = new Buyer(shop.instance, theirs);
  await buyer.find("", 1);
  await buyer.buy();
  await buyer.open("/cart");
  await theirs.locator("[data-stepper] button").last().click();
  await theirs.waitForFunction(() => document.querySelector("[data-cart-count]")?.textContent === "2");
  await buyer.checkOut();
  await buyer.pay();
  await buyer.confirmAtBank();
  const order = await buyer.seePaid();
  const admin = await shop.instance.staffApi("admin");
  const task = async () => (await admin(`/api/v1/warehouse/tasks?order_id=${order}`)).items[0];
  const { site_id: site } = await task();
  const { page, context } = await shop.person();
  const worker = new Worker(Object.create(shop.instance, { ops: { value: ops } }), page);
  await worker.signIn(shop.instance.logins.find((login) => login.site === site));
  await underWorker(page);
  await worker.open(order);
  await page.locator("[data-testid=current-line]").waitFor();
  return { page, context, worker, order, task, buyer };
}

const waitingOf = (page) => page.locator("[data-testid=connection] b");

test("loaded again without a network, the terminal has its task and its scans, and sends them later", async () => {
  const { page, context, worker, task, buyer } = await atWork();
  const line = page.locator("[data-testid=current-line]");
  const [bin, barcode] = await Promise.all([
    line.getAttribute("data-bin"),
    line.getAttribute("data-barcode"),
  ]);
  await context.setOffline(true);
  await worker.scan(bin);
  await worker.scan(barcode);
  await page.locator("[data-testid=offline]").waitFor();
  // The bin took the task, and one unit was scanned.
  assert.equal(await waitingOf(page).textContent(), "2");

  await page.reload();
  await line.waitFor();
  await page.locator("[data-testid=offline]").waitFor();
  assert.equal(await waitingOf(page).textContent(), "2");
  assert.match(await page.locator("[data-testid=left]").textContent(), /1/);
  await worker.scan(bin);
  await worker.scan(barcode);
  await page.locator("[data-testid=new-label]").click();
  await page.locator("[data-testid=complete]").click();
  await page.locator("[data-testid=completing]").waitFor();
  assert.equal((await task()).lines[0].picked, 0);

  // The list, loaded without a network too, has no task that is packed already.
  await page.goto(`${shop.instance.ops}/terminal`);
  await page.locator("[data-testid=no-tasks], [data-testid=task-card]").first().waitFor();
  assert.equal(await waitingOf(page).textContent(), "4");

  await context.setOffline(false);
  await waitingOf(page).waitFor({ state: "detached" });
  assert.equal((await task()).status, "done");
  await page.locator("[data-testid=offline]").waitFor({ state: "detached" });
  await buyer.becomes("READY_TO_SHIP");
});

test("what is kept goes with the worker: signed out, the terminal without a network shows nobody's work", async () => {
  const { page, context } = await atWork();
  await page.goto(`${shop.instance.ops}/terminal`);
  await page.locator("[data-testid=task-card]").first().waitFor();
  await page.keyboard.press("F1");
  await page.locator("[data-testid=sign-out]").click();
  await page.locator("[data-testid=sign-in]").waitFor();
  await context.setOffline(true);
  await page.reload();
  await page.locator("[data-testid=failed]").waitFor();
  assert.equal(await page.locator("[data-testid=task-card], [data-testid=current-line]").count(), 0);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  });
  assert.deepEqual(
    kept.filter((path) => !/^\/(assets\/|media\/|terminal$)/.test(path)),
    [],
  );
});

test("a new version is offered once the task is left, and taken when the worker says so", async () => {
  const server = await versioned(shop.instance.ops, "/terminal-worker.js");
  try {
    const { page } = await atWork(server.address);
    server.publish();
    await lookForUpdate(page);
    assert.equal(await page.locator("[data-testid=update]").count(), 0);
    await page.keyboard.press("Escape");
    await page.locator("[data-testid=update-now]").waitFor();
    const loaded = page.waitForEvent("load");
    await page.locator("[data-testid=update-now]").click();
    await loaded;
    await page.locator("[data-testid=task-card]").first().waitFor();
    assert.equal(await page.locator("[data-testid=update]").count(), 0);
  } finally {
    server.close();
  }
});
