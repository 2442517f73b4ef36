// a[data-swap], form[data-swap] (GET): shows the page it leads to by replacing the parts that both pages mark
// with data-part, without leaving this one: another colour of a product, other pickup points.
import { fetchPage, replaceParts } from "./pages";

let latest = 0;

export async function swapTo(address: string): Promise<void> {
  const turn = ++latest;
  try {
    const page = await fetchPage(address);
    if (turn !== latest) return;
    if (!page.ok || !replaceParts(page, "data-part")) {
      location.assign(address);
      return;
    }
    history.replaceState(history.state, "", page.address);
    document.title = page.document.title;
  } catch {
    location.assign(address);
  }
}

export function swapLink(link: HTMLAnchorElement): void {
  link.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void swapTo(link.href);
  });
}

export function formAddress(form: HTMLFormElement): string {
  const address = new URL(form.action);
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && value !== "") fields.append(name, value);
  address.search = fields.toString();
  return address.href;
}

export function swapForm(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void swapTo(formAddress(form));
  });
}
