// Runs `npm ci` in a folder (web/ if none is given), but only when the lock is another than what node_modules
// was made from: several build trees share it, and build web/ again when the stamp is newer than what they built.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}/node_modules/.made-from`;
const lock = createHash("sha256").update(readFileSync(`${root}/package-lock.json`));
const wanted = lock.update(process.version.split(".")[0]).digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (npm.status !== 0) {
    console.error(`npm ci failed in ${root}: is the npm registry reachable?`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
