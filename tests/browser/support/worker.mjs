// A worker of a warehouse at the terminal, with a scanner that types.
import assert from "node:assert/strict";

export class Worker {
  constructor(instance, page) {
    this.instance = instance;
    this.page = page;
  }

  async signIn(login = this.instance.login("warehouse")) {
    const { page } = this;
    await page.goto(`${this.instance.ops}/terminal`);
    await page.locator("input[name=login]").fill(login.login);
    await page.locator("input[name=password]").fill(login.password);
    await page.locator("[data-testid=sign-in] button[type=submit]").click();
    await page.locator("[data-testid=sign-in]").waitFor({ state: "detached" });
  }

  // As a keyboard-wedge scanner: fast keys, then Enter, into no field at all.
  async scan(code) {
    await this.page.evaluate(() => document.activeElement?.blur?.());
    await this.page.keyboard.type(code);
    await this.page.keyboard.press("Enter");
  }

  async open(order) {
    await this.page.goto(`${this.instance.ops}/terminal`);
    const card = this.page.locator("[data-testid=task-card]", { hasText: order.slice(-6) });
    await card.first().waitFor();
    await card.first().click();
  }

  // Picks whatever the open task asks for, scan by scan.
  async pickAll() {
    const line = this.page.locator("[data-testid=current-line]");
    const packing = this.page.locator("[data-testid=packing]");
    for (let scans = 0; scans < 50; scans += 1) {
      await line.or(packing).first().waitFor();
      if (await packing.isVisible()) return;
      const bin = await line.getAttribute("data-bin");
      const barcode = await line.getAttribute("data-barcode");
      const left = await this.page.locator("[data-testid=left]").textContent();
      await this.scan(bin);
      await this.scan(barcode);
      await this.page.waitForFunction(
        ([oldBin, oldCode, oldLeft]) => {
          const now = document.querySelector("[data-testid=current-line]");
          if (now === null) return true;
          const rest = document.querySelector("[data-testid=left]")?.textContent;
          return now.dataset.bin !== oldBin || now.dataset.barcode !== oldCode || rest !== oldLeft;
        },
        [bin, barcode, left],
      );
    }
    assert.fail("the task never ended");
  }

  async pack() {
    await this.page.locator("[data-testid=new-label]").click();
    await this.page.locator("[data-testid=label]").waitFor();
    await this.page.locator("[data-testid=complete]").click();
    await this.page.locator("[data-testid=packed]").waitFor();
  }
}
