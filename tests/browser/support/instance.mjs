// A shop of a test's own: the real binary with the small demo data, on ports that were free.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const binary =
  process.env.BRAMBLE_BINARY ?? fileURLToPath(new URL("../../../build/release/bramble", import.meta.url));
const offsets = { storefront: 0, ops: 2, admin: 9, sandbox: 10 };
const patience = 60_000;

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

async function freePorts() {
  for (let base = 14_000 + (process.pid % 400) * 20; base < 32_000; base += 20) {
    const free = await Promise.all(Object.values(offsets).map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error("no free ports");
}

// "demo login  role=warehouse  site=site_…  login=…  password=…" lines as objects.
function loginsIn(text) {
  return text
    .split("\n")
    .filter((line) => line.includes("demo login"))
    .map((line) => Object.fromEntries([...line.matchAll(/(\w+)=(\S+)/g)].map((pair) => pair.slice(1))));
}

export class Instance {
  // In a setting, OPS_PORT is the port of the staff's pages. `goods`: the shop has these, as rows of `bramble import products`, instead of the demo's.
  static async start(settings = [], goods = undefined) {
    const instance = new Instance();
    const base = await freePorts();
    for (const [name, offset] of Object.entries(offsets)) {
      instance[name] = `http://127.0.0.1:${base + offset}`;
    }
    instance.folder = mkdtempSync(join(tmpdir(), "bramble-browser-"));
    const demo = goods === undefined ? "small" : "places";
    const words = ["serve", `--demo=${demo}`, "--data", instance.folder, "--port-base", String(base)];
    for (const setting of settings) words.push("--set", setting.replace("OPS_PORT", base + offsets.ops));
    // What steers the tests would be settings to the shop, and unknown ones.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith("BRAMBLE_")),
    );
    if (goods !== undefined) instance.import(goods, env);
    instance.child = spawn(binary, words, { stdio: ["ignore", "pipe", "pipe"], env });
    instance.said = "";
    instance.child.stdout.on("data", (bytes) => (instance.said += bytes));
    instance.child.stderr.on("data", (bytes) => (instance.said += bytes));
    instance.child.once("error", (error) => (instance.said += `${binary}: ${error.message}\n`));
    await instance.becomeReady();
    return instance;
  }

  import(goods, env) {
    const file = join(this.folder, "goods.jsonl");
    writeFileSync(file, goods.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const words = ["import", "products", file, "--data", this.folder, "--demo-places", "--stock", "9"];
    const done = spawnSync(binary, words, { env, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`the goods were not imported:\n${done.stderr.slice(-2000)}`);
  }

  async becomeReady() {
    const end = Date.now() + patience;
    while (Date.now() < end && this.child.exitCode === null && this.child.pid !== undefined) {
      const answer = await fetch(`${this.storefront}/readyz`).catch(() => null);
      if (answer?.status === 200) {
        this.logins = loginsIn(this.said);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await this.stop();
    throw new Error(`the shop did not start:\n${this.said.slice(-4000)}`);
  }

  async stop() {
    if (this.child.exitCode === null && this.child.pid !== undefined) {
      const ended = new Promise((resolve) => this.child.once("exit", resolve));
      this.child.kill("SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  login(role) {
    return this.logins.find((login) => login.role === role);
  }

  // The newest code that was sent to a phone.
  async codeFor(phone) {
    const end = Date.now() + 10_000;
    while (Date.now() < end) {
      const answer = await fetch(`${this.sandbox}/sms?phone=${encodeURIComponent(phone)}`);
      const { items } = await answer.json();
      if (items.length > 0) return items[0].code;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no SMS came to ${phone}`);
  }

  async misbehave(faults) {
    const answer = await fetch(`${this.sandbox}/faults`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(faults),
    });
    if (!answer.ok) throw new Error(`the bank did not take its faults: ${await answer.text()}`);
  }

  async bankReport() {
    return (await fetch(`${this.sandbox}/report?limit=100`)).json();
  }

  async staffApi(role) {
    const { login, password } = this.login(role);
    const answer = await fetch(`${this.ops}/api/v1/auth/tokens`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ grant_type: "password", login, password }),
    });
    const { access_token: token } = await answer.json();
    return async (path) => {
      const found = await fetch(`${this.ops}${path}`, { headers: { Authorization: `Bearer ${token}` } });
      return found.json();
    };
  }
}
