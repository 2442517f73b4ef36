// form[data-add-to-cart]: puts into the cart without leaving the page; a stepper then stands in the button's place.
// Goods of several sizes are asked about first, in a dialog that comes from their page.
import { borrowDialog } from "./dialog";
import { enhance } from "./enhance";
import { setBusy } from "./once";
import { fetchPage, leadsToSignIn, replaceBuying, replaceParts, showCartCount, type Page } from "./pages";
import { toast } from "./toast";
import { words } from "./words";

const choice = "dialog#choice";

// Where the answer should come from: this page, or that of what was chosen in the dialog.
function wayBack(form: HTMLFormElement, sku: string): string {
  const { product } = form.dataset;
  return product === undefined ? location.pathname + location.search : `${product}?sku=${sku}`;
}

function focusStepper(sku: string): void {
  const stepper = document.querySelector(`[data-buy="${CSS.escape(sku)}"] [data-stepper]`);
  [...(stepper?.querySelectorAll("button") ?? [])].at(-1)?.focus({ preventScroll: true });
}

function showAdded(form: HTMLFormElement, page: Page, sku: string): void {
  showCartCount(page.document);
  const { product } = form.dataset;
  const isHere = product === undefined || location.pathname === product;
  form.closest("dialog")?.close();
  if (product !== undefined && isHere) {
    replaceParts(page, "data-part");
    history.replaceState(history.state, "", page.address);
  } else if (isHere && !replaceBuying(page, sku)) {
    location.assign(page.address);
  }
  toast(words.added, { action: { text: words.open, address: "/cart" } });
}

export function addToCart(form: HTMLFormElement): void {
  let underWay = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector<HTMLButtonElement>("[type=submit]");
    if (underWay || !(button instanceof HTMLButtonElement)) return;
    underWay = true;
    setBusy(button, true);
    const hadFocus = document.activeElement === button;
    try {
      const fields = new FormData(form);
      if (button.name) fields.set(button.name, button.value);
      const sku = String(fields.get("sku_id") ?? "");
      fields.set("back", wayBack(form, sku));
      const body = new URLSearchParams(fields as unknown as Record<string, string>);
      const page = await fetchPage(form.action, { method: "POST", body });
      if (leadsToSignIn(page)) return;
      const dialog = fields.has("choose") ? page.document.querySelector<HTMLElement>(choice) : null;
      if (dialog) {
        borrowDialog(dialog, enhance);
      } else if (page.ok) {
        showAdded(form, page, sku);
        if (hadFocus) focusStepper(sku);
      } else {
        // The server has something to say: let it say it on a page.
        sendPlainly(form, button);
      }
    } catch {
      toast(words.notSent, { kind: "error" });
    } finally {
      underWay = false;
      setBusy(button, false);
    }
  });
}

// With the button that was pressed, which form.submit() would leave out.
function sendPlainly(form: HTMLFormElement, button: HTMLButtonElement): void {
  if (button.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
  }
  form.submit();
}
