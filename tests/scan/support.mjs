// What the scans share: a tool from PyPI in a folder of its own, and somebody who is signed in.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newPhone } from "../browser/support/buyer.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const python = process.env.BRAMBLE_PYTHON ?? "/usr/bin/python3";

export function run(command, words) {
  const { status, error } = spawnSync(command, words, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0)
    throw new Error(`${command} ${words.join(" ")}: ${error?.message ?? `ended with ${status}`}`);
}

// The folder with the programs of what NAME-requirements.txt pins.
export function install(name) {
  const home = fileURLToPath(new URL(`../../build/${name}`, import.meta.url));
  const wanted = readFileSync(join(here, `${name}-requirements.txt`), "utf8").trim();
  if (!existsSync(join(home, "bin", name))) run(python, ["-m", "venv", "--clear", home]);
  run(join(home, "bin/pip"), ["install", "--quiet", "--disable-pip-version-check", ...wanted.split("\n")]);
  return join(home, "bin");
}

export async function ask(url, body, headers = {}) {
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

// The access token of a buyer who has just signed in.
export async function buyersToken(shop) {
  const phone = newPhone();
  const { challenge_id } = await ask(`${shop.storefront}/api/v1/auth/codes`, { phone });
  const code = await shop.codeFor(phone);
  const words = { grant_type: "phone_code", challenge_id, code };
  return (await ask(`${shop.storefront}/api/v1/auth/tokens`, words)).access_token;
}

export async function staffToken(shop, role) {
  const { login, password } = shop.login(role);
  const words = { grant_type: "password", login, password };
  return (await ask(`${shop.ops}/api/v1/auth/tokens`, words)).access_token;
}
