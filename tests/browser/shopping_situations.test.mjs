// What people do without thinking: type a number and press Enter, take a thing out and want it back, go back, have two
// tabs, forget to choose.
import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop, phone } from "./support/browser.mjs";
import { Buyer } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";

const shop = suite();

async function withGoods(options) {
  const { page, context } = await shop.person(options);
  const buyer = new Buyer(shop.instance, page);
  await buyer.find("");
  await buyer.buy();
  return { page, context, buyer };
}

function countBecomes(page, count) {
  return page.waitForFunction(
    (wanted) => document.querySelector("[data-cart-count]")?.textContent === wanted,
    String(count),
  );
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  async function inCart() {
    const { page } = await shop.person({ javaScriptEnabled });
    const buyer = new Buyer(shop.instance, page);
    await buyer.find("");
    await buyer.chooseVariant();
    await page.locator(".product [data-buy] [data-add-to-cart] button[type=submit]").click();
    await countBecomes(page, 1);
    await buyer.open("/cart");
    return page;
  }

  test(`a quantity that is typed and confirmed by Enter is saved, ${how}`, async () => {
    const page = await inCart();
    const field = page.locator(".cart-line input[name=quantity]");
    await field.fill("3");
    await field.press("Enter");
    await countBecomes(page, 3);
    assert.equal(await field.inputValue(), "3");
  });

  test(`a quantity that is none is said at its line, ${how}`, async () => {
    const page = await inCart();
    const field = page.locator(".cart-line input[name=quantity]");
    await field.fill("-1");
    await field.press("Enter");
    await page.locator(".cart-line [role=alert]").waitFor();
    assert.ok(await field.evaluate((own) => own === document.activeElement));
    await page.reload();
    assert.equal(await page.locator(".cart-line").count(), 1);
  });

  test(`what was taken out of the cart comes back by one press, ${how}`, async () => {
    const page = await inCart();
    await page.locator(".cart-line button[name=set][value='0']").last().click();
    await countBecomes(page, 0);
    await page.locator("[data-undo]").click();
    await countBecomes(page, 1);
    assert.equal(await page.locator(".cart-line").count(), 1);
  });
}

test("what is in the cart is a stepper, also after loading the page again", async () => {
  const { page } = await withGoods();
  const stepper = page.locator(".product [data-buy] [data-stepper]");
  await stepper.waitFor();
  await page.reload();
  await stepper.locator("button").last().click();
  await countBecomes(page, 2);
  await page.reload();
  assert.equal(await stepper.locator("input").inputValue(), "2");
});

test("the badge is the same in all tabs", async () => {
  const { page, context, buyer } = await withGoods();
  const other = await context.newPage();
  await other.goto(`${shop.instance.storefront}/categories`);
  await countBecomes(other, 1);
  await buyer.open("/cart");
  await page.locator(".cart-line .stepper__button").last().click();
  await countBecomes(other, 2);
});

test("going back shows the cart as it is, not as it was", async () => {
  const { page, buyer } = await withGoods();
  await buyer.open("/cart");
  await page.locator(".cart-line .cart-line__title").click();
  await page.waitForURL("**/product/**");
  await page.locator(".product [data-buy] .stepper__button").last().click();
  await countBecomes(page, 2);
  await page.goBack();
  await page.waitForURL("**/cart");
  await page.waitForFunction(() => document.querySelector(".cart-line input[name=quantity]")?.value === "2");
});

test("filters are after going back what the address says", async () => {
  const { page } = await shop.person({ size: desktop });
  await page.goto(`${shop.instance.storefront}/search?q=`);
  const brands = page.locator("input[name=brand]");
  const value = await brands.first().getAttribute("value");
  await brands.first().check();
  await page.waitForURL(/brand=/);
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes("brand="));
  assert.equal(await page.locator(`input[name=brand][value="${value}"]`).isChecked(), false);
  await page.goForward();
  await page.waitForURL(/brand=/);
  assert.equal(await page.locator(`input[name=brand][value="${value}"]`).isChecked(), true);
});

test("an order that was left at the bank is on the home page, in the cart and among the orders, and can be paid", async () => {
  const { page, buyer } = await withGoods({ size: phone });
  await buyer.checkOut();
  await buyer.pay();
  for (const path of ["/", "/cart", "/orders"]) {
    await buyer.open(path);
    await page.locator("a[data-pay-until][href$='/pay']").waitFor();
    await page.locator(".countdown").first().waitFor();
  }
  await page.locator("a[data-pay-until][href$='/pay']").first().click();
  await page.waitForURL("**/acs/**");
});

test("Pay is in reach on a phone, and says itself what is not chosen", async () => {
  const { page, buyer } = await withGoods({ size: phone });
  await buyer.checkOut();
  const pay = page.locator("[data-pay]");
  const box = await pay.boundingBox();
  assert.ok(box.y + box.height <= phone.height, JSON.stringify(box));
  await pay.click();
  const note = page.locator("[data-missing=point]");
  await note.waitFor();
  assert.ok(page.url().includes("/checkout"));
  assert.ok(
    await page
      .locator("input[name=point]")
      .first()
      .evaluate((own) => own === document.activeElement),
  );
  await page.locator("input[name=point]").first().check();
  assert.equal(await note.isVisible(), false);
});

test("a time to pay is written for the zone that the reader is in", async () => {
  const { page, buyer } = await withGoods({ timezoneId: "Asia/Vladivostok" });
  await buyer.checkOut();
  await buyer.pay();
  await buyer.open("/orders");
  await page.locator(".order-card__link").first().click();
  const time = page.locator("time[data-clock]").first();
  const at = new Date(await time.getAttribute("datetime"));
  const wanted = at.toLocaleTimeString("ru", {
    timeZone: "Asia/Vladivostok",
    hour: "2-digit",
    minute: "2-digit",
  });
  assert.equal(await time.textContent(), wanted);
});

for (const size of [phone, desktop]) {
  test(`a size is asked for before goods that have several go into the cart, ${size.width} wide`, async () => {
    const { page } = await shop.person({ size, language: "ru" });
    const buyer = new Buyer(shop.instance, page);
    await buyer.open(`/search?q=${encodeURIComponent("кроссовки")}`);
    await page.locator(".product-card [data-add-to-cart] button").first().click();
    const variant = page.locator("dialog[open] button[name=sku_id]:enabled").first();
    await variant.waitFor();
    assert.equal(await buyer.count(), 0);
    await variant.click();
    await countBecomes(page, 1);
    assert.equal(await page.locator("dialog[open]").count(), 0);

    await page.locator(".product-card__link").nth(1).click();
    await page.waitForURL("**/product/**");
    await page.locator(".product [data-choose]").click();
    await variant.click();
    await countBecomes(page, 2);
    await page.locator(".product [data-buy] [data-stepper]").waitFor();
    assert.match(page.url(), /sku=/);
  });
}
