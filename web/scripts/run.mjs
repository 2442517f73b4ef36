// `npm run NAME` with what it needs installed first: for CTest, on whatever machine.
import { spawnSync } from "node:child_process";
import { web } from "./paths.mjs";

for (const command of [
  [process.execPath, "scripts/install.mjs"],
  ["npm", "run", "--silent", process.argv[2]],
]) {
  const { status } = spawnSync(command[0], command.slice(1), { cwd: web, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
