// Debian's Chromium, and the people who look through it.
import { chromium } from "playwright-core";

export const phone = { width: 360, height: 740 };
export const handheld = { width: 480, height: 800 };
export const desktop = { width: 1280, height: 900 };

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.BRAMBLE_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

const locales = { ru: "ru-RU", en: "en-GB" };

// A person with a browser of its own: `language`, `size`, and whatever a context of Playwright's takes. What a
// page complains of is collected in `complaints`: scripts that fail, and what its policy refuses.
export async function person(browser, { language = "ru", size = phone, ...rest } = {}) {
  const context = await browser.newContext({
    viewport: size,
    locale: locales[language],
    timezoneId: "Europe/Moscow",
    hasTouch: size.width < 600,
    reducedMotion: "reduce",
    ...rest,
  });
  context.setDefaultTimeout(20_000);
  const complaints = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && /Content Security Policy|Uncaught/.test(message.text())) {
        complaints.push(`${page.url()}: ${message.text()}`);
      }
    });
  });
  return { context, page: await context.newPage(), complaints };
}
