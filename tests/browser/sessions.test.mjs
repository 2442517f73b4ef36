// Pages that outlive the session they were made in: other tabs, and buyers who come back late.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Buyer } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";

const shop = suite();

async function signedIn(options) {
  const { page, context } = await shop.person(options);
  const buyer = new Buyer(shop.instance, page);
  await buyer.open("/sign-in");
  await buyer.signIn();
  return { page, context, buyer };
}

// As when both cookies have run out, or the session was ended from elsewhere.
async function endSession(context) {
  await context.clearCookies({ name: "access" });
  await context.clearCookies({ name: "refresh" });
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`a tab opened before signing in goes on putting goods into the cart, ${how}`, async () => {
    const { page, context } = await shop.person({ javaScriptEnabled });
    const buyer = new Buyer(shop.instance, page);
    await buyer.find("");
    await buyer.chooseVariant();
    const other = new Buyer(shop.instance, await context.newPage(), buyer.phone);
    await other.open("/sign-in");
    await other.signIn();
    await page.locator(".product [data-buy] [data-add-to-cart] button[type=submit]").click();
    await page.waitForFunction(() => document.querySelector("[data-cart-count]")?.textContent === "1");
    await other.open("/cart");
    assert.equal(await other.count(), 1);
  });

  test(`a form of an ended session says so, and leads back to its page, ${how}`, async () => {
    const { page, context, buyer } = await signedIn({ javaScriptEnabled });
    await buyer.find("");
    await buyer.chooseVariant();
    const product = page.url();
    await endSession(context);
    await page.locator(".product [data-buy] [data-add-to-cart] button[type=submit]").click();
    await page.waitForURL("**/sign-in?**");
    await page.locator(".notice--warning").waitFor();
    assert.equal(await buyer.count(), 0);
    await buyer.signIn();
    assert.equal(page.url(), product);
    await page.locator(".product [data-buy] [data-add-to-cart] button[type=submit]").click();
    await page.waitForFunction(() => document.querySelector("[data-cart-count]")?.textContent === "1");
  });
}

test("who pays after the session has ended comes back to the checkout and pays once", async () => {
  const { page, context, buyer } = await signedIn();
  await buyer.find("");
  await buyer.buy();
  await buyer.checkOut();
  await buyer.choose("card_3ds");
  await endSession(context);
  await buyer.payButton().click();
  await page.waitForURL("**/sign-in?**");
  await page.locator(".notice--warning").waitFor();
  await buyer.signIn();
  assert.equal(new URL(page.url()).pathname, "/checkout");
  await buyer.pay();
  await buyer.confirmAtBank();
  await buyer.seePaid();
});

test("who signs out, or chooses a look, in a tab whose session is gone is asked nothing", async () => {
  const { page, context, buyer } = await signedIn({ javaScriptEnabled: false });
  await buyer.open("/categories");
  await endSession(context);
  await page.locator("button[name=theme][value=dark]").click();
  await page.waitForURL("**/categories");
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  const again = new Buyer(shop.instance, page);
  await again.open("/sign-in");
  await again.signIn();
  await endSession(context);
  await page.locator("form[action='/sign-out'] button").click();
  await page.waitForURL(`${shop.instance.storefront}/`);
});
