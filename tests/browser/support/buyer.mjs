// What a buyer does, step by step, found by what the pages are made of and not by their words, so that it goes
// in every language.
import assert from "node:assert/strict";

let people = 0;

// Every buyer has a phone that nobody had before.
export function newPhone() {
  people += 1;
  return `+7900${String(process.pid % 10_000).padStart(4, "0")}${String(people).padStart(3, "0")}`;
}

export class Buyer {
  constructor(instance, page, phone = newPhone()) {
    this.instance = instance;
    this.page = page;
    this.phone = phone;
  }

  open(path) {
    return this.page.goto(this.instance.storefront + path);
  }

  // Looks at goods that can be bought, found by search.
  async find(words = "", number = 0) {
    await this.open(`/search?q=${encodeURIComponent(words)}&in_stock=true`);
    await this.page.locator(".product-card__link").nth(number).click();
    await this.page.waitForURL("**/product/**");
  }

  async buy() {
    const before = await this.count();
    await this.chooseVariant();
    await this.page.locator(".product [data-buy] [data-add-to-cart] button[type=submit]").click();
    await this.page.waitForFunction(
      (count) => Number(document.querySelector("[data-cart-count]")?.textContent ?? "0") > count,
      before,
    );
  }

  // Of goods in several sizes or colours: the first of each that can be had.
  async chooseVariant() {
    const { page } = this;
    for (let tries = 0; tries < 5 && (await page.locator(".product [data-choose]").count()) > 0; tries += 1) {
      const open = page
        .locator(".options:not(:has([aria-current])) .options__item:not(.options__item--gone) a")
        .first();
      await this.open(await open.getAttribute("href"));
    }
  }

  // What the badge of the cart says.
  async count() {
    const badge = this.page.locator("[data-cart-count]").first();
    return Number((await badge.textContent()) || "0");
  }

  async signIn() {
    const { page } = this;
    await page.locator("input[name=phone]").fill(this.phone);
    await page.locator("form[action='/sign-in'] button[type=submit]").first().click();
    await page.locator("input[name=code]").fill(await this.instance.codeFor(this.phone));
    await page.locator("form[action='/sign-in/code'] button[type=submit]").click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }

  // From a full cart to the page where one pays; signs in on the way where that is asked for.
  async checkOut() {
    const { page } = this;
    await this.open("/cart");
    await page.locator("a[href='/checkout']").click();
    await page.waitForURL(/\/(checkout|sign-in)/);
    if (page.url().includes("/sign-in")) await this.signIn();
    await page.waitForURL("**/checkout**");
  }

  async choose(method) {
    await this.page.locator("input[name=point]").first().check();
    await this.page.locator(`input[name=pay][value=${method}]`).check();
  }

  payButton() {
    return this.page.locator("[data-pay]");
  }

  // Presses Pay and comes to the bank's page.
  async pay(method = "card_3ds") {
    await this.choose(method);
    await this.payButton().click();
    await this.page.waitForURL("**/acs/**");
  }

  async confirmAtBank(code = "1234") {
    await this.page.locator("input[name=code]").fill(code);
    await this.page.locator("form button").first().click();
  }

  // The whole of it; leaves the buyer at the order's page.
  async order(words) {
    await this.find(words);
    await this.buy();
    await this.checkOut();
    await this.pay();
    await this.confirmAtBank();
    return this.seePaid();
  }

  // Waits on the return page until it says that the order is paid, and goes to the order.
  async seePaid() {
    const { page } = this;
    await page.waitForURL("**/payment/return**");
    const order = new URL(page.url()).searchParams.get("order_id");
    assert.match(order, /^ord_/);
    await page.locator(".empty-state__icon:not(.empty-state__icon--error)").waitFor();
    await page.locator(`a[href='/orders/${order}']`).first().click();
    await page.locator("[data-order-live]").waitFor();
    return order;
  }

  status() {
    return this.page.locator("[data-order-live]").getAttribute("data-order-status");
  }

  async becomes(status) {
    await this.page.locator(`[data-order-live][data-order-status="${status}"]`).waitFor();
  }
}
