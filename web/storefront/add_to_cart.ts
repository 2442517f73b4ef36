// form[data-add-to-cart]: puts into the cart without leaving the page; the button then leads to the cart.
import { element, icon } from "./elements";
import { setBusy } from "./once";
import { fetchPage, leadsToSignIn, showCartCount } from "./pages";
import { toast } from "./toast";
import { words } from "./words";

function showAdded(form: HTMLFormElement, button: HTMLButtonElement): void {
  form.dataset.added = "";
  button.classList.remove("button--primary");
  button.replaceChildren(icon("check"), element("span", {}, words.inCart));
}

export function addToCart(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("[type=submit]");
  let underWay = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (underWay || !button) return;
    if (form.dataset.added !== undefined) {
      location.assign("/cart");
      return;
    }
    underWay = true;
    setBusy(button, true);
    try {
      const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
      const page = await fetchPage(form.action, { method: "POST", body });
      if (leadsToSignIn(page)) return;
      if (page.ok) {
        showCartCount(page.document);
        showAdded(form, button);
        toast(words.added, { action: { text: words.open, address: "/cart" } });
      } else {
        // The server has something to say: let it say it on a page.
        form.submit();
      }
    } catch {
      toast(words.notSent, { kind: "error" });
    } finally {
      underWay = false;
      setBusy(button, false);
    }
  });
}
