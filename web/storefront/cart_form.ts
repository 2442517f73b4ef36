// form[data-cart-form]: a line of the cart; changing its quantity sends it and shows the cart that is then.
import { fetchPage, leadsToSignIn, replaceContent, showCartCount } from "./pages";
import { toast } from "./toast";
import { words } from "./words";

// Answers may overtake each other: only the last one asked for is shown.
let latest = 0;

async function send(form: HTMLFormElement, fields: URLSearchParams): Promise<void> {
  const turn = ++latest;
  const stepper = form.querySelector(".stepper");
  stepper?.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(form.action, { method: "POST", body: fields });
    if (turn !== latest || leadsToSignIn(page)) return;
    if (!replaceContent(page)) location.reload();
    showCartCount(page.document);
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
