// A client's author takes the gateways' OpenAPI documents, makes types of them (openapi-typescript) and writes a
// program: `node run.mjs`, with build/release/bramble. It fails if the documents cannot be used, if the program
// does not compile, or if it does not buy.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { newPhone } from "../browser/support/buyer.mjs";
import { Instance } from "../browser/support/instance.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const made = `${here}made`;

function run(command, words) {
  const { status, error } = spawnSync(command, words, { cwd: here, stdio: "inherit" });
  if (status !== 0)
    throw new Error(`${command} ${words.join(" ")}: ${error?.message ?? `ended with ${status}`}`);
}

run(process.execPath, [fileURLToPath(new URL("../../web/scripts/install.mjs", import.meta.url)), here]);
rmSync(made, { recursive: true, force: true });
mkdirSync(made);
const shop = await Instance.start();
const tooLong = setTimeout(() => {
  console.error("the order was not paid, or has no task, within two minutes");
  process.exit(1);
}, 120_000);
try {
  for (const gateway of ["storefront", "ops"]) {
    const document = await (await fetch(`${shop[gateway]}/api/v1/openapi.json`)).text();
    writeFileSync(`${made}/${gateway}.json`, document);
    run(`${here}node_modules/.bin/openapi-typescript`, [`made/${gateway}.json`, "-o", `made/${gateway}.ts`]);
  }
  run(`${here}node_modules/.bin/tsc`, ["-p", "."]);
  const { buy, findTask } = await import(pathToFileURL(`${made}/js/buy.js`).href);
  const { login, password } = shop.login("warehouse");
  const outside = {
    storefront: shop.storefront,
    ops: shop.ops,
    phone: newPhone(),
    codeFor: (phone) => shop.codeFor(phone),
    staff: { login, password },
  };
  const order = await buy(outside);
  const admin = shop.login("admin");
  const task = await findTask({ ...outside, staff: { login: admin.login, password: admin.password } }, order);
  console.log(JSON.stringify({ order, task }));
} finally {
  clearTimeout(tooLong);
  await shop.stop();
}
