// Accounts of staff as people meet them: an admin adds one, its owner chooses a password, sets up a passkey and an
// app for codes, signs in with either; the admin shuts it.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { desktop } from "./support/browser.mjs";
import { suite } from "./support/suite.mjs";

// Browsers know passkeys of host names only.
const shop = suite(["ops.public_url=http://localhost:OPS_PORT", "ops.address_per_s=10000"]);
const origin = () => shop.instance.ops.replace("127.0.0.1", "localhost");
const ownPassword = "three quiet otters";

function bytesOfBase32(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

// RFC 6238, as an app does it.
function codeOf(secret, at) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", bytesOfBase32(secret)).update(step).digest();
  const offset = digest[19] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function signIn(page, login, password, program = "console") {
  await page.goto(`${origin()}/${program}`);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(password);
  await page.locator("button[type=submit]").click();
}

async function signOut(page) {
  await page.context().clearCookies({ name: "ops_access" });
  await page.context().clearCookies({ name: "ops_refresh" });
}

const inside = (page) => page.locator("nav.screens").waitFor();

async function add(admin, login, role) {
  await admin.goto(`${origin()}/console/staff`);
  const form = admin.locator("[data-testid=staff-form]");
  await form.locator("input[name=login]").fill(login);
  await form.locator(`input[name=role][value=${role}]`).check();
  await form.locator("button[type=submit]").click();
  return admin.locator("[data-testid=handed] .staff-password").textContent();
}

async function choosePassword(page, handed) {
  const form = page.locator("[data-testid=password-form]");
  await form.locator("input[name=current]").fill(handed);
  await form.locator("input[name=new]").fill(ownPassword);
  await form.locator("input[name=again]").fill(ownPassword);
  await form.locator("button[type=submit]").click();
}

async function addAuthenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
}

async function keepRecoveryCodes(page) {
  const codes = page.locator("[data-testid=recovery-codes]");
  await codes.locator("code").first().waitFor();
  const shown = await codes.locator("code").allTextContents();
  await codes.locator("button").click();
  return shown;
}

test("an account from the admin's form to its end, with a passkey, an app and a recovery code", async () => {
  const { page: admin } = await shop.person({ size: desktop });
  const boss = shop.instance.login("admin");
  await signIn(admin, boss.login, boss.password);
  await inside(admin);
  const handed = await add(admin, "anna", "support");

  const { page } = await shop.person({ size: desktop, language: "en" });
  await addAuthenticator(page);
  await signIn(page, "anna", handed);
  await page.locator("[data-testid=complete]").waitFor();
  await choosePassword(page, handed);
  await inside(page);

  // A passkey, and with the first factor the recovery codes.
  await page.goto(`${origin()}/console/account`);
  await page.locator("[data-testid=factors] input[name=password]").fill(ownPassword);
  await page.locator("[data-testid=passkeys] input[name=name]").fill("laptop");
  await page.locator("[data-testid=passkeys] button[type=submit]").click();
  const codes = await keepRecoveryCodes(page);
  assert.equal(codes.length, 10);
  await page.locator("[data-testid=passkeys]", { hasText: "laptop" }).waitFor();

  await signOut(page);
  for (const program of ["console", "terminal"]) {
    await signIn(page, "anna", ownPassword, program);
    // The cookies come with the answer, and the sign-out below clears them.
    const answered = page.waitForResponse((response) => response.url().endsWith("/session/second-factor"));
    await page.locator("[data-testid=use-passkey]").click();
    await answered;
    await page.locator("[data-testid=use-passkey]").waitFor({ state: "detached" });
    assert.equal(await page.locator("[data-testid=sign-in]").count(), 0);
    await signOut(page);
  }

  // The key alone, which has asked for her finger.
  await page.goto(`${origin()}/console`);
  await page.locator("[data-testid=enter-by-passkey]").click();
  await inside(page);
  await signOut(page);

  // A recovery code in place of the key; then an app.
  await signIn(page, "anna", ownPassword);
  await page.locator("input[name=code]").fill(codes[0]);
  await page.locator("button[type=submit]").click();
  await inside(page);
  await page.goto(`${origin()}/console/account`);
  await page.locator("[data-testid=factors] input[name=password]").fill(ownPassword);
  await page.locator("[data-testid=totp] button").click();
  await page.locator(".factor__qr svg").waitFor();
  const secret = (await page.locator(".factor__secret").textContent()).replaceAll(" ", "");
  await page.locator("[data-testid=totp] input[name=code]").fill(codeOf(secret, Date.now()));
  await page.locator("[data-testid=totp] button[type=submit]").click();
  await page.locator("[data-testid=totp] .badge--success").waitFor();

  // The code that proved the app is used up; the next step's is taken.
  await signOut(page);
  await signIn(page, "anna", ownPassword);
  await page.locator("input[name=code]").fill(codeOf(secret, Date.now() + 30_000));
  await page.locator("button[type=submit]").click();
  await inside(page);

  // Shut: she is out by the next thing that she does, and stays out.
  await admin.goto(`${origin()}/console/staff`);
  const row = admin.locator("tr", { hasText: "anna" });
  await row.locator("button").last().click();
  await row.locator("button.button--primary").click();
  await row.locator(".badge--error").waitFor();
  await page.locator("[data-testid=sign-in]").waitFor();
  await signIn(page, "anna", ownPassword);
  await page.locator("[role=alert]:not(:empty)").waitFor();
});
