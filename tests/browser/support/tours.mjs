// Ways through every screen of the terminal and every room of the console. Each stop is a name; whoever follows
// looks at the page between them.
import { Buyer } from "./buyer.mjs";
import { Worker } from "./worker.mjs";

// Buys something; who is to pick it, and what.
export async function orderToPick(instance, page) {
  const order = await new Buyer(instance, page).order("");
  const admin = await instance.staffApi("admin");
  const task = (await admin(`/api/v1/warehouse/tasks?order_id=${order}`)).items[0];
  const login = instance.logins.find(({ site }) => site === task.site_id);
  return { order, login, task: task.task_id, sku: task.lines[0].sku_id };
}

const settled = (page) => page.locator("[role=status] .spinner, [data-testid=loading]").first();

async function arrived(page, isLoading) {
  await page.locator("main").waitFor();
  await settled(page).waitFor({ state: isLoading ? "visible" : "detached" });
}

export async function enter(instance, page, program, { login, password }) {
  await page.goto(`${instance.ops}/${program}`);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(password);
  await page.locator("[data-testid=sign-in] button[type=submit]").click();
  await page.locator("[data-testid=sign-in]").waitFor({ state: "detached" });
}

// `order` is one that was paid, `sku` is of its goods. `kind`: see content.mjs.
export async function* consoleScreens(instance, page, { order, sku }, kind = "full") {
  const paths = {
    hanging: "",
    orders: "/orders",
    order: `/orders/${order}`,
    items: `/orders/${order}?part=items`,
    money: `/orders/${order}?part=money`,
    goods: `/orders/${order}?part=goods`,
    messages: `/orders/${order}?part=messages`,
    stock: "/stock",
    sku: `/stock/${sku}`,
    payments: "/payments",
    attempt: "/payments?all=1",
    webhooks: "/webhooks",
    suspense: "/suspense",
    letters: "/dead-letters",
    letter: "/dead-letters?module=payments&kind=job&id=job_01HZX",
    queues: "/queues",
    found: `/found?q=${encodeURIComponent("оск")}`,
    security: "/security",
    staff: "/staff",
    account: "/account",
  };
  for (const [name, path] of Object.entries(paths)) {
    await page.goto(`${instance.ops}/console${path}`);
    await arrived(page, kind === "loading");
    yield name;
  }
}

const screens = { tasks: "", receiving: "/receiving", stock: "/stock" };

// What a worker sees who has nothing yet.
export async function* emptyScreens(instance, page, task, kind) {
  for (const [name, path] of Object.entries({ ...screens, task: `/tasks/${task}` })) {
    await page.goto(`${instance.ops}/terminal${path}`);
    // Receiving and stock ask for nothing before there is a code.
    await arrived(page, kind === "loading" && (name === "tasks" || name === "task"));
    yield name;
  }
}

async function goodsOnScreen(instance, page, path, code) {
  await page.goto(`${instance.ops}/terminal${path}`);
  await page.locator("[data-testid=code-field]").fill(code);
  await page.locator("[data-testid=code-enter]").click();
  await page.locator(".current__title").waitFor();
}

// Picks and packs the order on the way.
export async function* screensOfWork(instance, page, order) {
  const worker = new Worker(instance, page);
  await page.locator("[data-testid=task-card]").first().waitFor();
  yield "tasks";
  await worker.open(order);
  const line = page.locator("[data-testid=current-line]");
  await line.waitFor();
  yield "task";
  const barcode = await line.getAttribute("data-barcode");
  await worker.scan("WRONG-CODE-1");
  yield "wrong";
  await worker.scan(await line.getAttribute("data-bin"));
  yield "picking";
  await page.locator("[data-testid=short-button]").click();
  await page.locator("[data-testid=short-dialog]").waitFor();
  yield "short";
  await page.keyboard.press("Escape");
  await page.keyboard.press("F1");
  await page.locator("[data-testid=menu]").waitFor();
  yield "menu";
  await page.keyboard.press("Escape");
  await worker.pickAll();
  yield "packing";
  await page.locator("[data-testid=new-label]").click();
  await page.locator("[data-testid=label] svg").first().waitFor();
  yield "label";
  await page.locator("[data-testid=complete]").click();
  await page.locator("[data-testid=packed]").waitFor();
  yield "packed";
  await goodsOnScreen(instance, page, "/receiving", barcode);
  yield "receiving";
  await page.locator("[data-testid=code-field]").fill("A-01-1");
  await page.locator("[data-testid=code-enter]").click();
  await page.locator("[data-testid=put-on-shelf]").click();
  await page.locator("[data-testid=receipt-row]").waitFor();
  yield "received";
  await goodsOnScreen(instance, page, "/stock", barcode);
  await arrived(page);
  yield "stock";
}
