// Installs what the tests need and runs them: `node run.mjs [NAME…]`, as `node run.mjs keyboard`.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter(
  (file) => file.endsWith(".test.mjs") && (wanted.length === 0 || wanted.some((name) => file.includes(name))),
);
// One file after another: two browsers and two shops at once are too much for two cores.
const commands = [[fileURLToPath(new URL("../../web/scripts/install.mjs", import.meta.url)), here]];
for (const file of files) commands.push(["--test", file]);
let failed = 0;
for (const command of commands) {
  const { status } = spawnSync(process.execPath, command, { cwd: here, stdio: "inherit" });
  if (status !== 0) failed += 1;
  if (status !== 0 && command === commands[0]) break;
}
process.exit(failed === 0 ? 0 : 1);
