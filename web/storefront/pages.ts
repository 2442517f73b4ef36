// Fetching a page of ours, and putting parts of it in place of this page's.
import { showCount, tellCount } from "./cart_badge";
import { enhance } from "./enhance";

export interface Page {
  document: Document;
  address: string;
  ok: boolean;
}

// Throws TypeError without a connection, as fetch does.
export async function fetchPage(address: string, options: RequestInit = {}): Promise<Page> {
  const response = await fetch(address, {
    credentials: "same-origin",
    headers: { Accept: "text/html" },
    ...options,
  });
  const text = await response.text();
  return {
    document: new DOMParser().parseFromString(text, "text/html"),
    address: response.url,
    ok: response.ok,
  };
}

// Whoever must sign in first is led there. False: the page is what was asked for.
export function leadsToSignIn(page: Page): boolean {
  const leads = new URL(page.address, location.href).pathname === "/sign-in";
  if (leads) location.assign(page.address);
  return leads;
}

// Shows what the page that came says of the cart, here and in the other tabs.
export function showCartCount(from: ParentNode): void {
  const count = from.querySelector<HTMLElement>("[data-cart-count]")?.textContent ?? "";
  if (count === "") return;
  showCount(count);
  tellCount(count);
}

// What may be bought, in place of the same here: a way into the cart, or how many of it are there.
export function replaceBuying(page: Page, sku: string): boolean {
  const selector = `[data-buy="${CSS.escape(sku)}"]`;
  const fresh = page.document.querySelector(selector);
  if (!fresh) return false;
  for (const old of document.querySelectorAll(selector)) replacePart(old, fresh);
  return true;
}

// What has the focus, in words that find it again after it was replaced.
function focusPath(root: Element): (() => HTMLElement | null) | undefined {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !root.contains(focused)) return undefined;
  const line = focused.closest<HTMLElement>("[data-cart-line]")?.dataset.cartLine;
  const within = line ? `[data-cart-line="${CSS.escape(line)}"] ` : "";
  if (focused.id) return () => document.getElementById(focused.id);
  const kind =
    focused.tagName.toLowerCase() + [...focused.classList].map((name) => `.${CSS.escape(name)}`).join("");
  const at = [...root.querySelectorAll(within + kind)].indexOf(focused);
  return () => [...document.querySelectorAll<HTMLElement>(within + kind)][Math.max(at, 0)] ?? null;
}

// Replaces `old` by `fresh`, keeping the focus where it was, or on the page's content if that is gone.
export function replacePart(old: Element, fresh: Element): void {
  const find = focusPath(old);
  const part = document.importNode(fresh, true);
  old.replaceWith(part);
  if (part.parentNode) enhance(part.parentNode);
  const wanted = part.querySelector<HTMLElement>("[autofocus]");
  if (wanted) wanted.focus();
  if (wanted || !find) return;
  const focused = find();
  if (focused && !focused.matches(":disabled")) focused.focus({ preventScroll: true });
  else document.getElementById("content")?.focus({ preventScroll: true });
}

// Replaces every part that both pages have under the attribute. False: they have none in common.
export function replaceParts(page: Page, attribute: string): boolean {
  let replaced = false;
  for (const old of document.querySelectorAll(`[${attribute}]`)) {
    const name = CSS.escape(old.getAttribute(attribute) ?? "");
    const fresh = page.document.querySelector(`[${attribute}="${name}"]`);
    if (!fresh) continue;
    replacePart(old, fresh);
    replaced = true;
  }
  return replaced;
}

// The whole content of the page, header and footer staying.
export function replaceContent(page: Page): boolean {
  const old = document.getElementById("content");
  const fresh = page.document.getElementById("content");
  if (!old || !fresh) return false;
  replacePart(old, fresh);
  document.title = page.document.title;
  return true;
}
