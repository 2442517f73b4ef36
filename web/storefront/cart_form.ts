// form[data-cart-form]: how many of something there are in the cart; a change is sent, and what is then is shown: the
// cart, or beside goods their stepper.
import { fetchPage, leadsToSignIn, replaceBuying, replaceContent, showCartCount, type Page } from "./pages";
import { toast } from "./toast";
import { words } from "./words";

// Answers may overtake each other: only the last one asked for is shown.
let latest = 0;

// Beside goods there is no room for the cart that says why: its words are said here, and the field goes back.
function sayRefusal(form: HTMLFormElement, page: Page): void {
  const reason = page.document.querySelector(".field__error, .notice--error");
  toast(reason?.textContent?.trim() || words.failed, { kind: "error" });
  form.reset();
}

async function send(form: HTMLFormElement, fields: URLSearchParams): Promise<void> {
  const turn = ++latest;
  const stepper = form.querySelector(".stepper");
  stepper?.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(form.action, { method: "POST", body: fields });
    if (turn !== latest || leadsToSignIn(page)) return;
    showCartCount(page.document);
    const sku = form.closest<HTMLElement>("[data-buy]")?.dataset.buy;
    if (sku !== undefined && !page.ok) sayRefusal(form, page);
    else if (!(sku === undefined ? replaceContent(page) : replaceBuying(page, sku))) location.reload();
  } catch {
    toast(words.notSent, { kind: "error" });
  } finally {
    stepper?.removeAttribute("aria-busy");
  }
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
}

export function cartForm(form: HTMLFormElement): void {
  form.addEventListener("stepped", () => void send(form, fieldsOf(form)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = fieldsOf(form);
    const pressed = event.submitter;
    if (pressed instanceof HTMLButtonElement && pressed.name) fields.set(pressed.name, pressed.value);
    void send(form, fields);
  });
}
