// Compares each gateway with its own OpenAPI document: `node contract.mjs`, with build/release/bramble.
// Schemathesis sends requests that the document allows and requests that it forbids, as a guest, a buyer and every
// role of staff, about goods and orders that exist, and checks that the answers are what the document says. Any
// disagreement fails the test. It is installed into build/schemathesis, in the version that
// schemathesis-requirements.txt pins. `node contract.mjs NAME…` runs only these: guest, buyer, admin, support,
// supervisor, warehouse.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Instance } from "../browser/support/instance.mjs";
import { ask, buyersToken, install, staffToken } from "./support.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const examples = Number(process.env.BRAMBLE_CONTRACT_EXAMPLES ?? 40);

// Statuses that a valid request may get: the object belongs to somebody else or is gone, the state has changed,
// the role may not do it, or a limit is reached. Rules that no schema can say are in contract_hooks.py.
const accepted = ["2xx", "303", "401", "403", "404", "409", "412", "422", "429"];
// Streams never end, and the bank defines the body of a webhook: sandbox/README.md describes it.
const left = { storefront: ["events", "bank_hook"], ops: [] };

// Ids of goods and orders that exist, by the names of parameters and members.
async function objects(shop, buyer, admin) {
  const authorization = { Authorization: `Bearer ${buyer}` };
  const { items } = await ask(`${shop.storefront}/api/v1/search?in_stock=true&limit=20`);
  const points = await ask(`${shop.storefront}/api/v1/pickup-points?limit=5`);
  const pointIds = points.items.map((point) => point.pickup_point_id);
  const orders = [];
  for (const [number, item] of items.slice(0, 6).entries()) {
    const order = await ask(
      `${shop.storefront}/api/v1/orders`,
      {
        items: [{ sku_id: item.sku_id, quantity: 1, expected_price: item.price }],
        delivery: { type: "pickup", pickup_point_id: pointIds[0] },
        payment_method: number % 2 === 0 ? { type: "card", token: "tok_ok" } : { type: "sbp" },
      },
      { ...authorization, "Idempotency-Key": randomUUID() },
    );
    orders.push(order.order_id);
  }
  const staff = { Authorization: `Bearer ${admin}` };
  const sites = await ask(`${shop.ops}/api/v1/warehouse/sites`, undefined, staff);
  const tasks = await ask(`${shop.ops}/api/v1/warehouse/tasks?status=open`, undefined, staff);
  return {
    product_id: items.map((item) => item.product_id),
    sku_id: items.map((item) => item.sku_id),
    pickup_point_id: pointIds,
    order_id: orders,
    site: sites.items.map((site) => site.site_id),
    site_id: sites.items.map((site) => site.site_id),
    task_id: tasks.items.map((task) => task.task_id),
  };
}

function configuration(known, token) {
  const lines = [
    `generation.max-examples = ${examples}`,
    "continue-on-failure = true",
    "request-timeout = 20.0",
  ];
  if (token) lines.push("[auth.openapi.bearer]", `bearer = "${token}"`);
  lines.push("[checks]");
  lines.push(`positive_data_acceptance.expected-statuses = ${JSON.stringify(accepted)}`);
  lines.push("[parameters]");
  const places = {
    path: ["product_id", "sku_id", "order_id", "task_id"],
    query: ["sku_id", "site", "order_id"],
    "body.items[*]": ["sku_id"],
    "body.lines[*]": ["sku_id"],
    "body.delivery": ["pickup_point_id"],
    body: ["site_id"],
  };
  for (const [place, names] of Object.entries(places)) {
    for (const name of names) {
      if (known[name]?.length > 0)
        lines.push(`"${place}.${name}" = { dictionary = "${name}", probability = 0.7 }`);
    }
  }
  for (const [name, values] of Object.entries(known)) {
    if (values.length > 0) lines.push(`[dictionaries.${name}]`, `values = ${JSON.stringify(values)}`);
  }
  return `${lines.join("\n")}\n`;
}

function compare(programs, shop, { name, gateway, token }, known) {
  const file = join(shop.folder, `${name}.toml`);
  writeFileSync(file, configuration(known, token));
  const words = ["--no-color", "--config-file", file, "run", `${shop[gateway]}/api/v1/openapi.json`];
  words.push("--checks", "all", "--seed", "7", "--suppress-health-check", "all", "--warnings", "off");
  // tests/access checks who may read and change what.
  words.push("--exclude-checks", "use_after_free,ensure_resource_availability,object_level_authorization");
  for (const operation of left[gateway]) words.push("--exclude-operation-id", operation);
  const began = Date.now();
  const { status, stdout } = spawnSync(join(programs, "schemathesis"), words, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    cwd: shop.folder,
    env: {
      ...process.env,
      PYTHONDONTWRITEBYTECODE: "1",
      SCHEMATHESIS_HOOKS: "contract_hooks",
      PYTHONPATH: here,
    },
  });
  if (status !== 0) console.error(stdout);
  const cases = Number(/(\d+) generated/.exec(stdout)?.[1] ?? 0);
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(JSON.stringify({ contract: gateway, as: name, cases, agrees: status === 0, seconds }));
  // A run without requests proves nothing.
  return status === 0 && cases >= 100;
}

const programs = install("schemathesis");
const wanted = process.argv.slice(2);
let agrees = true;
const shop = await Instance.start();
try {
  const buyer = await buyersToken(shop);
  const admin = await staffToken(shop, "admin");
  const known = await objects(shop, buyer, admin);
  const staff = ["admin", "support", "supervisor", "warehouse"];
  const wants = (name) => wanted.length === 0 || wanted.includes(name);
  const tokens = {};
  for (const role of staff.filter(wants))
    tokens[role] = role === "admin" ? admin : await staffToken(shop, role);
  const people = [
    { name: "guest", gateway: "storefront", token: "" },
    { name: "buyer", gateway: "storefront", token: buyer },
    ...staff.map((role) => ({ name: role, gateway: "ops", token: tokens[role] })),
  ];
  for (const person of people) {
    if (!wants(person.name)) continue;
    agrees = compare(programs, shop, person, known) && agrees;
  }
} finally {
  await shop.stop();
}
process.exit(agrees ? 0 : 1);
