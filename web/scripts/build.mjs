// Builds web/ into build/web: parts, Vite, the service worker, and the pack that the C++ library embeds.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { built, web } from "./paths.mjs";

function run(...command) {
  const done = spawnSync(process.execPath, command, { cwd: web, stdio: "inherit" });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

run("scripts/make_parts.mjs");
rmSync(`${built}pages`, { recursive: true, force: true });
for (const mode of ["storefront", "staff"]) {
  run("node_modules/vite/bin/vite.js", "build", "--mode", mode, "--logLevel", "warn");
}
run("scripts/pack.mjs");
