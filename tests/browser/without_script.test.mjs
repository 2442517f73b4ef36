// Without JavaScript up to the payment, and by the keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop } from "./support/browser.mjs";
import { Buyer } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";

const shop = suite();

test("everything up to the paid order works without JavaScript", async () => {
  const { page } = await shop.person({ javaScriptEnabled: false });
  const buyer = new Buyer(shop.instance, page);
  await buyer.find("");
  await buyer.chooseVariant();
  await page.locator(".product [data-buy] [data-add-to-cart] button[type=submit]").click();
  await page.waitForLoadState();
  await buyer.checkOut();
  await buyer.pay();
  await buyer.confirmAtBank();
  await page.waitForURL("**/payment/return**");
  // The page looks again by itself until it knows.
  await page.locator("a[href^='/orders/']").first().waitFor();
  await page.locator(".empty-state__icon:not(.empty-state__icon--error)").waitFor();
  await page.locator("a[href^='/orders/']").first().click();
  assert.ok(["PAID", "ASSEMBLING"].includes(await buyer.status()));
});

// Presses Tab until the element has the focus, which has to be seen then.
async function tabTo(page, selector, most = 150) {
  for (let presses = 0; presses < most; presses += 1) {
    const there = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (there) {
      const seen = await page.evaluate(async () => {
        const own = document.activeElement;
        const looks = () =>
          [own, own.closest("label"), own.nextElementSibling, own.parentElement]
            .filter(Boolean)
            .flatMap((element) => [getComputedStyle(element), getComputedStyle(element, "::after")])
            .map((style) =>
              [style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join(" "),
            )
            .join(" | ");
        // Even the shortest transition begins with what was there before.
        const settle = () => Promise.all(document.getAnimations().map((animation) => animation.finished));
        await settle();
        const focused = looks();
        own.blur();
        await settle();
        const plain = looks();
        own.focus();
        return focused !== plain ? "" : `${focused} and ${plain}`;
      });
      assert.equal(seen, "", `the focus on ${selector} is not seen`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never comes to ${selector}`);
}

test("a buyer comes from the home page to the paid order by the keyboard alone", async () => {
  const { page } = await shop.person({ size: desktop, language: "en" });
  const buyer = new Buyer(shop.instance, page);
  await buyer.open("/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // the skip link
  assert.ok(await page.evaluate(() => location.hash === "#content"));
  await buyer.open("/");
  await tabTo(page, "input[name=q]");
  await page.keyboard.type("mug");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search**");
  await tabTo(page, ".product-card__link");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/product/**");
  await tabTo(page, ".product [data-choose]");
  await page.keyboard.press("Enter"); // opens the choice of sizes
  await page.locator("dialog#choice[open]").waitFor();
  await tabTo(page, ".choice-sheet__variant");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => Number(document.querySelector("[data-cart-count]").textContent) === 1);
  await buyer.open("/cart");
  await tabTo(page, "a[href='/checkout']");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/sign-in**");
  await tabTo(page, "input[name=phone]");
  await page.keyboard.type(buyer.phone);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/sign-in/code**");
  await tabTo(page, "input[name=code]");
  await page.keyboard.type(await shop.instance.codeFor(buyer.phone));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/checkout**");
  await tabTo(page, "input[name=point]");
  await page.keyboard.press("Space");
  await tabTo(page, "input[name=pay]");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("input[name=pay]:checked").getAttribute("value"), "card_3ds");
  await tabTo(page, "[data-pay]");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/acs/**");
  await tabTo(page, "input[name=code]");
  await page.keyboard.type("1234");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/payment/return**");
  await page.locator(".empty-state__icon:not(.empty-state__icon--error)").waitFor();
});
