// What can happen at Pay: refusals with a way back, impatient fingers, two tabs, the back button.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Buyer, newPhone } from "./support/buyer.mjs";
import { suite } from "./support/suite.mjs";

const shop = suite();

async function atCheckout(options) {
  const { page, context } = await shop.person(options);
  const buyer = new Buyer(shop.instance, page);
  await buyer.find("");
  await buyer.buy();
  await buyer.checkOut();
  return { page, context, buyer };
}

async function ordersOf(page) {
  await page.goto(`${shop.instance.storefront}/orders`);
  return page.locator(".order-card").count();
}

test("a double click on Pay makes one order", async () => {
  const { page, buyer } = await atCheckout();
  await buyer.choose("card_3ds");
  await buyer.payButton().dblclick();
  await page.waitForURL("**/acs/**");
  await buyer.confirmAtBank();
  await buyer.seePaid();
  assert.equal(await ordersOf(page), 1);
});

test("a bank that refuses is named with its reason, nothing is taken, and another card pays the same order", async () => {
  const { page, buyer } = await atCheckout();
  await buyer.choose("card_declined");
  await buyer.payButton().click();
  await page.locator("[data-repay]").waitFor();
  const order = new URL(page.url()).searchParams.get("order_id") ?? page.url().split("/").at(-1);
  const { items } = await shop.instance.bankReport();
  const payment = items.find((row) => row.order_id === order);
  assert.ok(payment === undefined || (payment.authorised_minor === 0 && payment.captured_minor === 0));
  await page.locator("form[action$='/payments'] input[value=card_ok]").check();
  await page.locator("[data-repay]").click();
  assert.equal(await buyer.seePaid(), order);
});

test("a wrong code is said to be wrong, and the third one ends the payment", async () => {
  const { page, buyer } = await atCheckout();
  await buyer.pay();
  for (const code of ["0000", "1111"]) {
    await buyer.confirmAtBank(code);
    await page.locator("[aria-invalid=true]").waitFor();
  }
  await buyer.confirmAtBank("2222");
  await page.locator("[data-repay]").waitFor();
});

test("the back button after the payment orders and charges nothing again", async () => {
  const { page, buyer } = await atCheckout();
  await buyer.pay();
  await buyer.confirmAtBank();
  const order = await buyer.seePaid();
  for (let steps = 0; steps < 4; steps += 1) await page.goBack().catch(() => null);
  if (await buyer.payButton().count()) {
    await buyer.choose("card_3ds").catch(() => null);
    await buyer.payButton().click();
    await page.waitForLoadState();
  }
  assert.equal(await ordersOf(page), 1);
  const { items } = await shop.instance.bankReport();
  assert.equal(items.filter((row) => row.order_id === order).length, 1);
});

test("of two tabs that pay for one cart, one pays and the other is told", async () => {
  const { page, context, buyer } = await atCheckout();
  const second = new Buyer(shop.instance, await context.newPage(), buyer.phone);
  await second.checkOut();
  await buyer.pay();
  await second.choose("card_3ds");
  await second.payButton().click();
  await second.page.waitForLoadState();
  await buyer.confirmAtBank();
  await buyer.seePaid();
  // The second tab had a key of its own: whatever it was told, nobody is charged twice for one wish.
  assert.equal(await ordersOf(page), 1);
});

// Others take all there is of a SKU, by the API: each may hold only so much unpaid.
async function buyUp(sku) {
  const { storefront } = shop.instance;
  const ask = async (path, body, headers = {}) => {
    const answer = await fetch(storefront + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const signIn = async () => {
    const phone = newPhone();
    const { body: challenge } = await ask("/api/v1/auth/codes", { phone });
    const code = await shop.instance.codeFor(phone);
    const { body: tokens } = await ask("/api/v1/auth/tokens", {
      grant_type: "phone_code",
      challenge_id: challenge.challenge_id,
      code,
    });
    return tokens.access_token;
  };
  const points = await (await fetch(`${storefront}/api/v1/pickup-points?limit=1`)).json();
  let token = await signIn();
  for (let quantity = 60, number = 0; quantity > 0; number += 1) {
    assert.ok(number < 100, `${sku} is not to be bought up`);
    const { status, body } = await ask(
      "/api/v1/orders",
      {
        items: [{ sku_id: sku, quantity }],
        delivery: { type: "pickup", pickup_point_id: points.items[0].pickup_point_id },
        payment_method: { type: "card", token: "tok_3ds" },
      },
      { Authorization: `Bearer ${token}`, "Idempotency-Key": `buy-up-${sku}-${number}` },
    );
    if (body.code === "too_many_unpaid") token = await signIn();
    else if (status !== 201) quantity = Math.floor(quantity / 2);
  }
}

test("goods that are sold out meanwhile are named at Pay, with a way on", async () => {
  const { page, buyer } = await atCheckout();
  await buyer.choose("card_3ds");
  const line = await page.locator("input[name=line]").first().getAttribute("value");
  await buyUp(line.split(" ")[0]);
  await buyer.payButton().click();
  await page.locator("[role=alert]").first().waitFor();
  assert.ok(!page.url().includes("/acs/"));
  assert.equal(await page.locator(".cart-line--gone").count(), 1);
  assert.equal(await ordersOf(page), 0);
});

test("a bank that is slow keeps nobody in the dark: the order waits and says so", async () => {
  const { page, buyer } = await atCheckout();
  await buyer.choose("card_slow");
  await buyer.payButton().click();
  await page.waitForURL(/\/(payment\/return|orders\/ord_)/);
  await page.locator("[data-order-live] h1").waitFor();
  await page.locator(".empty-state__icon:not(.empty-state__icon--error)").waitFor();
});
