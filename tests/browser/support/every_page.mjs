// Pictures of every page, screen and room with every kind of content, for looking at: `node screenshots.mjs
// --every FOLDER [WORD]`, WORD being of a part's name.
import { mkdirSync } from "node:fs";
import { handheld, openBrowser, person, phone } from "./browser.mjs";
import { Buyer } from "./buyer.mjs";
import { answering, carelessGoods, kinds, stretchWords } from "./content.mjs";
import { Instance } from "./instance.mjs";
import { emptyScreens, enter, orderToPick, consoleScreens, screensOfWork } from "./tours.mjs";

const desk = { width: 1280, height: 800 };
const looks = [
  { language: "ru", colorScheme: "light" },
  { language: "en", colorScheme: "dark" },
];

export async function everyPage(folder, word = "") {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  const shot = async (page, name) => {
    await page.evaluate(() => document.fonts.ready);
    // Nothing is hovered, and what is below the fold is seen, too.
    await page.mouse.move(0, 0);
    await page.screenshot({
      path: `${folder}/${name}.png`,
      animations: "disabled",
      fullPage: name.includes("console"),
      timeout: 60_000,
    });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 1) console.log(`${name}: ${over}px wider than its window`);
  };
  const parts = {
    shop: everyShopPage,
    careless: everyCarelessPage,
    terminal: everyScreen,
    console: everyConsoleScreen,
  };
  try {
    for (const [name, part] of Object.entries(parts)) {
      if (!name.includes(word)) continue;
      console.log(name);
      const instance = await Instance.start([], name === "careless" ? carelessGoods() : undefined);
      try {
        await part(instance, browser, shot);
      } finally {
        await instance.stop();
      }
    }
  } finally {
    await browser.close();
  }
}

async function inEveryLook(browser, sizes, part) {
  for (const { language, colorScheme } of looks) {
    for (const size of sizes) {
      const { page, context, complaints } = await person(browser, { language, size, colorScheme });
      await part(page, `${language}-${size.width}`, context);
      await context.close();
      if (complaints.length > 0) console.log(complaints);
    }
  }
}

// From the first look to the order's cancelling, and what is in the way of it.
async function shopPages(instance, page, shot, mark) {
  const buyer = new Buyer(instance, page);
  const at = async (path, name) => {
    await buyer.open(path);
    await page.waitForLoadState("networkidle").catch(() => null);
    await shot(page, `shop-${name}-${mark}`);
  };
  await at("/", "home");
  await at("/categories", "categories");
  await at("/search?q=", "search");
  await at(`/search?q=${"слово".repeat(30)}`, "nothing-found");
  await at("/nothing/is/here", "missing");
  await at("/cart", "cart-empty");
  await buyer.find("");
  await shot(page, `shop-product-${mark}`);
  await buyer.buy();
  await at("/cart", "cart");
  await page.locator("a[href='/checkout']").click();
  await page.locator("input[name=phone]").fill("12");
  await page.locator("form[action='/sign-in'] button[type=submit]").first().click();
  await shot(page, `shop-sign-in-wrong-${mark}`);
  await buyer.signIn();
  await page.waitForURL("**/checkout**");
  await shot(page, `shop-checkout-${mark}`);
  await at("/checkout?near=zzzzzzzz", "checkout-nowhere");
  await at("/orders", "orders-empty");
  await at("/account", "account");
  await buyer.open("/checkout");
  await buyer.pay();
  await shot(page, `shop-bank-${mark}`);
  await buyer.confirmAtBank("0000");
  await page.locator("[aria-invalid=true]").waitFor();
  await shot(page, `shop-bank-wrong-${mark}`);
  await buyer.confirmAtBank();
  const order = await buyer.seePaid();
  await shot(page, `shop-order-${mark}`);
  await at(`/orders/${order}/cancel`, "cancel");
  await at("/orders", "orders");
}

function everyShopPage(instance, browser, shot) {
  return inEveryLook(browser, [phone, desk], (page, mark) => shopPages(instance, page, shot, mark));
}

const peoplesWords = ".point-list__title, .point-list__address, .order-card__title, .category-tile__title";

function everyCarelessPage(instance, browser, shot) {
  const stretchedShot = async (page, name) => {
    await stretchWords(page, peoplesWords);
    await shot(page, `careless-${name}`);
  };
  return inEveryLook(browser, [phone, desk], (page, mark) => shopPages(instance, page, stretchedShot, mark));
}

async function paidOrder(instance, browser) {
  const { page, context } = await person(browser);
  const made = await orderToPick(instance, page);
  await context.close();
  return made;
}

async function everyScreen(instance, browser, shot) {
  await inEveryLook(browser, [phone, handheld, desk], async (page, mark, context) => {
    const { login, task } = await paidOrder(instance, browser);
    await enter(instance, page, "terminal", login);
    for (const kind of kinds) {
      await answering(context, kind);
      if (kind === "full" || kind === "overlong") {
        const { order } = await paidOrder(instance, browser);
        await page.goto(`${instance.ops}/terminal`);
        for await (const stop of screensOfWork(instance, page, order)) {
          await shot(page, `terminal-${kind}-${stop}-${mark}`);
        }
      } else {
        for await (const stop of emptyScreens(instance, page, task, kind)) {
          await shot(page, `terminal-${kind}-${stop}-${mark}`);
        }
      }
    }
  });
}

async function everyConsoleScreen(instance, browser, shot) {
  const made = await paidOrder(instance, browser);
  await inEveryLook(browser, [phone, desk], async (page, mark, context) => {
    await enter(instance, page, "console", instance.login("admin"));
    for (const kind of kinds) {
      await answering(context, kind);
      for await (const stop of consoleScreens(instance, page, made, kind)) {
        await shot(page, `console-${kind}-${stop}-${mark}`);
      }
    }
  });
}
