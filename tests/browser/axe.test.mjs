// axe finds nothing serious on any page, light and dark, with content, empty and in error; and no page is wider
// than its window, however long the words. All rules are run once a page, in the light theme; the dark one may break
// contrast alone, and another language or longer words may break nothing but the width.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { desktop, handheld, phone } from "./support/browser.mjs";
import { Buyer } from "./support/buyer.mjs";
import { answering, carelessGoods, kinds, stretchWords } from "./support/content.mjs";
import { Instance } from "./support/instance.mjs";
import { suite } from "./support/suite.mjs";
import { emptyScreens, enter, orderToPick, consoleScreens, screensOfWork } from "./support/tours.mjs";

const shop = suite();
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const all = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
};
const contrast = { type: "rule", values: ["color-contrast"] };

async function findings(page, runOnly) {
  if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(axe);
  const violations = await page.evaluate(
    async (options) => (await globalThis.axe.run(document, options)).violations,
    { runOnly, resultTypes: ["violations"] },
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

// As high as the page, so that what stays at the window's edges covers nothing.
async function whole(page, { width, height }, look) {
  await page.setViewportSize({ width, height });
  const high = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, high) });
  await page.evaluate(still);
  await look();
}

// `other`: the size of the window in which the dark theme is looked at.
async function looked(
  page,
  found,
  stop = "",
  { light = true, dark = true, other = page.viewportSize() } = {},
) {
  const size = page.viewportSize();
  const note = (lines) => found.push(...lines.map((line) => `${stop} ${line}`));
  if (light) await whole(page, size, async () => note(await findings(page, all)));
  await measured(page, found, stop);
  if (dark) {
    await page.emulateMedia({ colorScheme: "dark" });
    await whole(page, other, async () => note(await findings(page, contrast)));
    await page.emulateMedia({ colorScheme: "light" });
  }
  await page.setViewportSize(other);
  await measured(page, found, `${stop} ${other.width}px`);
  await page.setViewportSize(size);
}

async function measured(page, found, stop = "") {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 1) found.push(`${page.url()} ${stop} is ${over}px wider than its window`);
}

for (const [language, size, how] of [
  ["ru", phone, { light: false }],
  ["en", desktop, { dark: false }],
]) {
  test(`the storefront, ${language}`, async () => {
    const { page, context } = await shop.person({
      language,
      size,
      bypassCSP: true,
    });
    const buyer = new Buyer(shop.instance, page);
    const found = [];
    const look = async (path) => {
      if (path) await buyer.open(path);
      await looked(page, found, "", how);
    };
    await look("/");
    await look("/categories");
    await look("/design");
    await look("/search?q=");
    await look(`/search?q=${"слово".repeat(30)}`);
    await look("/nothing/is/here");
    await look("/help");
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

// However long its words, a label is read to its end: nothing of it is cut, and all of it can be scrolled to.
function hiddenOfLabel(page) {
  return page.evaluate(() => {
    const label = document.querySelector("[data-testid=label]");
    const cut = [label, ...label.querySelectorAll("p")].filter(
      (part) => part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY !== "visible",
    );
    label.scrollIntoView({ block: "end" });
    const lowest = label.querySelector(".label__code").getBoundingClientRect();
    const covering = document.elementFromPoint(lowest.left + lowest.width / 2, lowest.bottom - 2);
    if (!label.contains(covering)) cut.push(covering);
    return cut.map((part) => `label: ${part.className} hides something`);
  });
}

test("the terminal", async () => {
  const { page, context } = await shop.person({ size: phone, bypassCSP: true });
  const found = [];
  let dark = true;
  const look = (stop) => looked(page, found, stop, { dark, other: handheld });
  await page.goto(`${shop.instance.ops}/terminal`);
  await page.locator("input[name=login]").waitFor();
  await look("sign-in");
  const first = await paidOrder();
  await enter(shop.instance, page, "terminal", first.login);
  for (const kind of kinds) {
    await answering(context, kind);
    dark = kind === "full";
    if (kind !== "full" && kind !== "overlong") {
      for await (const stop of emptyScreens(shop.instance, page, first.task, kind)) await look(stop);
      continue;
    }
    const { order } = kind === "full" ? first : await paidOrder();
    await page.goto(`${shop.instance.ops}/terminal`);
    for await (const stop of screensOfWork(shop.instance, page, order)) {
      await look(stop);
      if (stop === "label") found.push(...(await hiddenOfLabel(page)));
    }
  }
  assert.deepEqual(found, []);
});

// What has no content looks alike in both languages.
for (const [language, shown] of [
  ["en", kinds],
  ["ru", ["full", "overlong"]],
]) {
  test(`the console, ${language}`, async () => {
    const { page, context } = await shop.person({
      size: desktop,
      language,
      bypassCSP: true,
    });
    const found = [];
    let kind = "full";
    const look = (stop) =>
      looked(page, found, stop, {
        light: language === "en" && kind !== "overlong",
        dark: language === "en" && kind === "full",
        other: phone,
      });
    await page.goto(`${shop.instance.ops}/console`);
    await page.locator("input[name=login]").waitFor();
    await look("sign-in");
    const made = await paidOrder();
    await enter(shop.instance, page, "console", shop.instance.login("admin"));
    for (kind of shown) {
      await answering(context, kind);
      for await (const stop of consoleScreens(shop.instance, page, made, kind)) await look(`${kind} ${stop}`);
    }
    assert.deepEqual(found, []);
  });
}

test("no page of a shop full of overlong goods is wider than its window", async () => {
  const careless = await Instance.start([], carelessGoods());
  try {
    const { page } = await shop.person({ size: phone, bypassCSP: true });
    const buyer = new Buyer(careless, page);
    const found = [];
    const measure = async () => {
      for (const size of [desktop, phone]) {
        await page.setViewportSize(size);
        await measured(page, found, `${size.width}px`);
      }
    };
    for (const path of ["/", "/categories", "/search?q="]) {
      await buyer.open(path);
      await measure();
    }
    for (const number of [0, 1]) {
      await buyer.find("", number);
      await measure();
    }
    await buyer.buy();
    await buyer.open("/cart");
    await measure();
    await buyer.checkOut();
    await stretchWords(page, ".point-list__title, .point-list__address");
    await measure();
    await buyer.pay();
    await buyer.confirmAtBank();
    const order = await buyer.seePaid();
    await measure();
    for (const path of ["/orders", `/orders/${order}/cancel`]) {
      await buyer.open(path);
      await measure();
    }
    assert.deepEqual(found, []);
  } finally {
    await careless.stop();
  }
});
