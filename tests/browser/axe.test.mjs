// axe finds nothing serious on any page, light and dark, with content, empty and in error; and no page is wider
// than its window, however long the words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { desktop, phone } from "./support/browser.mjs";
import { Buyer } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";
import { Worker } from "./support/worker.mjs";

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

async function looked(page, found) {
  // As high as the page, so that what stays at the window's edges covers nothing.
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
  found.push(...(await findings(page)));
  await page.setViewportSize(size);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 1) found.push(`${page.url()} is ${over}px wider than its window`);
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

  test(`the terminal and the console, ${colorScheme}`, async () => {
    const { page } = await shop.person({ size: phone, colorScheme, bypassCSP: true });
    const found = [];
    await page.goto(`${shop.instance.ops}/terminal`);
    await page.locator("input[name=login]").waitFor();
    await looked(page, found);
    const worker = new Worker(shop.instance, page);
    await worker.signIn();
    await page.locator("[data-testid=no-tasks], [data-testid=task-card]").first().waitFor();
    await looked(page, found);
    for (const path of ["/terminal/receiving", "/terminal/stock"]) {
      await page.goto(shop.instance.ops + path);
      await page.locator("[data-testid=receiving], [data-testid=stock]").first().waitFor();
      await looked(page, found);
    }
    const { page: console } = await shop.person({
      size: desktop,
      language: "en",
      colorScheme,
      bypassCSP: true,
    });
    await console.goto(`${shop.instance.ops}/console`);
    await console.locator("input[name=login]").waitFor();
    await looked(console, found);
    const { login, password } = shop.instance.login("admin");
    await console.locator("input[name=login]").fill(login);
    await console.locator("input[name=password]").fill(password);
    await console.locator("button[type=submit]").first().click();
    await console.locator("input[name=login]").waitFor({ state: "detached" });
    await console.waitForLoadState("networkidle");
    await looked(console, found);
    assert.deepEqual(found, []);
  });
}
