// The APIs of the gateways as TypeScript, made by rpcgen from their contracts: web/README.md says how to use them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { web } from "./paths.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const contracts = ["gateways/ops/ops.proto", "gateways/storefront/storefront.proto"];

// What shapes the generated files, for those who ask whether they are fresh.
export function apiInputs() {
  const inputs = [`${root}base/ids.h`];
  for (const folder of ["tools/rpcgen", "tools/rpcgen/bramble", "gateways", "services"]) {
    for (const file of readdirSync(root + folder, { recursive: true })) {
      if (/\.(proto|py)$/.test(file) || file === "rpcgen") inputs.push(join(root, folder, file));
    }
  }
  return inputs;
}

// [file name, content] of each gateway.
export async function apiTypes() {
  const folder = mkdtempSync(join(tmpdir(), "bramble-api-"));
  try {
    const done = spawnSync(
      "protoc",
      [
        "--plugin=protoc-gen-bramble=tools/rpcgen/rpcgen",
        `--bramble_out=typescript:${folder}`,
        ...["-I", ".", "-I", "tools/rpcgen", "-I", "/usr/include"],
        ...contracts,
      ],
      { cwd: root, stdio: "inherit" },
    );
    if (done.status !== 0) throw new Error("protoc could not make the TypeScript of the contracts");
    const style = { ...(await resolveConfig(`${web}api/operation.ts`)), parser: "typescript" };
    const files = readdirSync(folder).map(async (name) => {
      return [name, await format(readFileSync(join(folder, name), "utf8"), style)];
    });
    return await Promise.all(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
