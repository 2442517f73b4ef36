// Makes the pictures of docs/screenshots: `node screenshots.mjs [FOLDER]`, with build/release/bramble. Look at them
// before they are committed. `node screenshots.mjs --every FOLDER [WORD]` makes those of every page with every kind of
// content, for looking at only.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { desktop, openBrowser, person, phone } from "./support/browser.mjs";
import { Buyer } from "./support/buyer.mjs";
import { everyPage } from "./support/every_page.mjs";
import { Instance } from "./support/instance.mjs";
import { Worker } from "./support/worker.mjs";

if (process.argv[2] === "--every") {
  await everyPage(process.argv[3], process.argv[4]);
  process.exit(0);
}
const folder = process.argv[2] ?? fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
mkdirSync(folder, { recursive: true });
const instance = await Instance.start();
const browser = await openBrowser();

// Waits for what is on its way: fonts and the pictures in sight. No room is kept for a scrollbar that no picture shows.
async function shoot(page, name, options = {}) {
  await page.evaluate(() => (document.documentElement.style.scrollbarGutter = "auto"));
  await page.waitForLoadState("networkidle").catch(() => null);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/${name}.png`, animations: "disabled", ...options });
  console.log(name);
}

async function theShop(language, size, colorScheme, mark) {
  const { page, context } = await person(browser, { language, size, colorScheme });
  const buyer = new Buyer(instance, page);
  const shot = (name) => shoot(page, `${name}-${mark}`);
  await buyer.open("/");
  await shot("home");
  await buyer.open("/categories");
  await shot("categories");
  await buyer.open(`/search?q=${encodeURIComponent(language === "ru" ? "рюкзак" : "backpack")}`);
  await shot("search");
  await buyer.find(language === "ru" ? "кроссовки" : "sneakers", 1);
  await shot("product");
  await buyer.buy();
  await buyer.find(language === "ru" ? "кружка" : "mug");
  await buyer.buy();
  await buyer.open("/cart");
  await shot("cart");
  await page.locator("a[href='/checkout']").click();
  await shot("sign-in");
  await buyer.signIn();
  await shot("checkout");
  await buyer.pay();
  await shot("bank");
  await buyer.confirmAtBank();
  const order = await buyer.seePaid();
  await shot("order");
  await buyer.open("/orders");
  await shot("orders");
  await context.close();
  return order;
}

async function theTerminal(order, language, mark) {
  const admin = await instance.staffApi("admin");
  const { items } = await admin(`/api/v1/warehouse/tasks?order_id=${order}`);
  const { page, context } = await person(browser, { language, size: phone });
  const worker = new Worker(instance, page);
  await worker.signIn(instance.logins.find((login) => login.site === items[0].site_id));
  await page.locator("[data-testid=task-card]").first().waitFor();
  await shoot(page, `terminal-tasks-${mark}`);
  await worker.open(order);
  const line = page.locator("[data-testid=current-line]");
  await line.waitFor();
  await worker.scan(await line.getAttribute("data-bin"));
  await shoot(page, `terminal-pick-${mark}`);
  await worker.pickAll();
  await page.locator("[data-testid=new-label]").click();
  await page.locator("[data-testid=label]").waitFor();
  await shoot(page, `terminal-label-${mark}`);
  await context.close();
}

async function theConsole(order, language, mark) {
  const { page, context } = await person(browser, { language, size: desktop });
  const { login, password } = instance.login("admin");
  await page.goto(`${instance.ops}/console`);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(password);
  await page.locator("button[type=submit]").first().click();
  await page.locator("input[name=login]").waitFor({ state: "detached" });
  await shoot(page, `console-orders-${mark}`);
  await page.goto(`${instance.ops}/console/orders/${order}`);
  await page.locator(`text=${order}`).first().waitFor();
  await shoot(page, `console-order-${mark}`);
  await context.close();
}

try {
  const order = await theShop("ru", phone, "light", "ru-phone");
  await theShop("en", desktop, "light", "en-desktop");
  await theShop("ru", desktop, "dark", "ru-desktop-dark");
  await theTerminal(order, "ru", "ru");
  await theConsole(order, "en", "en");
} finally {
  await browser.close();
  await instance.stop();
}
