// axe finds nothing serious on any page, light and dark, with content, empty and in error; and no page is wider
// than its window, however long the words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { desktop, handheld, phone } from "./support/browser.mjs";
import { Buyer } from "./support/buyer.mjs";
import { answering, carelessGoods, kinds, stretchWords } from "./support/content.mjs";
import { Instance } from "./support/instance.mjs";
import { suite } from "./support/suite.mjs";
import { emptyScreens, enter, orderToPick, rooms, screensOfWork } from "./support/tours.mjs";

const shop = suite();
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) => `${page.url()}: ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
    );
}

// A paid order, and who is to pick it.
async function paidOrder() {
  const { page, context } = await shop.person();
  const made = await orderToPick(shop.instance, page);
  await context.close();
  return made;
}

// Colours count once what flashes or fades has come to rest, level by level, as colours are inherited; what turns
// for ever never does.
async function still() {
  const passing = () =>
    document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity);
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let calm = 0; calm < 3; calm += 1) {
    if (passing().length > 0) calm = 0;
    await Promise.all(passing().map(({ finished }) => finished.catch(() => undefined)));
    await frame();
  }
}

async function looked(page, found, stop = "") {
  // As high as the page, so that what stays at the window's edges covers nothing.
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
  await page.evaluate(still);
  found.push(...(await findings(page)).map((line) => `${stop} ${line}`));
  await page.setViewportSize(size);
  await measured(page, found, stop);
}

async function measured(page, found, stop = "") {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 1) found.push(`${page.url()} ${stop} is ${over}px wider than its window`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [language, size] of [
    ["ru", phone],
    ["en", desktop],
  ]) {
    test(`the storefront, ${colorScheme}, ${language}`, async () => {
      const { page, context } = await shop.person({ language, size, colorScheme, bypassCSP: true });
      const buyer = new Buyer(shop.instance, page);
      const found = [];
      const look = async (path) => {
        if (path) await buyer.open(path);
        await looked(page, found);
      };
      await look("/");
      await look("/categories");
      await look("/design");
      await look("/search?q=");
      await look(`/search?q=${"слово".repeat(30)}`);
      await look("/nothing/is/here");
      await look("/cart");
      await look("/sign-in");
      await buyer.find("", 3);
      await look();
      await buyer.buy();
      await look("/cart");
      await page.locator("a[href='/checkout']").click();
      await page.locator("input[name=phone]").fill("12");
      await page.locator("form[action='/sign-in'] button[type=submit]").first().click();
      await page.locator("[aria-invalid=true]").waitFor();
      await look();
      await page.locator("input[name=phone]").fill(buyer.phone);
      await page.locator("form[action='/sign-in'] button[type=submit]").first().click();
      await page.waitForURL("**/sign-in/code**");
      await look();
      await page.locator("input[name=code]").fill(await shop.instance.codeFor(buyer.phone));
      await page.locator("form[action='/sign-in/code'] button[type=submit]").click();
      await page.waitForURL("**/checkout**");
      await look();
      await look("/orders");
      await look("/account");
      await buyer.open("/checkout");
      await buyer.pay();
      await look();
      await buyer.confirmAtBank("0000");
      await page.locator("[aria-invalid=true]").waitFor();
      await look();
      await buyer.confirmAtBank();
      await page.waitForURL("**/payment/return**");
      await page.locator(".empty-state__icon").waitFor();
      await look();
      const order = await buyer.seePaid();
      await look();
      await look(`/orders/${order}/cancel`);
      await look("/orders");
      assert.deepEqual(found, []);
      await context.close();
    });
  }

  test(`the terminal, ${colorScheme}`, async () => {
    const size = colorScheme === "light" ? phone : handheld;
    const { page, context } = await shop.person({ size, colorScheme, bypassCSP: true });
    const found = [];
    await page.goto(`${shop.instance.ops}/terminal`);
    await page.locator("input[name=login]").waitFor();
    await looked(page, found);
    const { login, task } = await paidOrder();
    await enter(shop.instance, page, "terminal", login);
    for (const kind of kinds) {
      await answering(context, kind);
      if (kind !== "full" && kind !== "overlong") {
        for await (const stop of emptyScreens(shop.instance, page, task, kind))
          await looked(page, found, stop);
        continue;
      }
      const { order } = await paidOrder();
      await page.goto(`${shop.instance.ops}/terminal`);
      for await (const stop of screensOfWork(shop.instance, page, order)) await looked(page, found, stop);
    }
    assert.deepEqual(found, []);
  });

  const desks = [
    ["en", desktop],
    ["ru", desktop],
  ];
  for (const [language, size] of colorScheme === "light" ? desks : [["en", phone]]) {
    test(`the console, ${colorScheme}, ${language}`, async () => {
      const { page, context } = await shop.person({ size, language, colorScheme, bypassCSP: true });
      const found = [];
      await page.goto(`${shop.instance.ops}/console`);
      await page.locator("input[name=login]").waitFor();
      await looked(page, found);
      const made = await paidOrder();
      await enter(shop.instance, page, "console", shop.instance.login("admin"));
      for (const kind of kinds) {
        await answering(context, kind);
        for await (const stop of rooms(shop.instance, page, made, kind)) {
          await looked(page, found, `${kind} ${stop}`);
        }
      }
      assert.deepEqual(found, []);
    });
  }
}

test("no page of a shop full of overlong goods is wider than its window", async () => {
  const careless = await Instance.start([], carelessGoods());
  try {
    for (const size of [phone, desktop]) {
      const { page } = await shop.person({ size, bypassCSP: true });
      const buyer = new Buyer(careless, page);
      const found = [];
      for (const path of ["/", "/categories", "/search?q="]) {
        await buyer.open(path);
        await measured(page, found);
      }
      for (const number of [0, 1]) {
        await buyer.find("", number);
        await measured(page, found);
      }
      await buyer.buy();
      await buyer.open("/cart");
      await measured(page, found);
      await buyer.checkOut();
      await stretchWords(page, ".point-list__title, .point-list__address");
      await measured(page, found);
      await buyer.pay();
      await buyer.confirmAtBank();
      const order = await buyer.seePaid();
      await measured(page, found);
      for (const path of ["/orders", `/orders/${order}/cancel`]) {
        await buyer.open(path);
        await measured(page, found);
      }
      assert.deepEqual(found, []);
    }
  } finally {
    await careless.stop();
  }
});
