// form[data-suggest]: words under the search field while it is typed into; an ARIA combobox.
import { element, icon } from "./elements";
import { words } from "./words";

const pauseMs = 160;
const shortest = 2;
const mostKept = 50;

type Ask = (text: string, signal: AbortSignal) => Promise<string[]>;

async function askServer(text: string, signal: AbortSignal): Promise<string[]> {
  const response = await fetch(`/api/v1/suggest?q=${encodeURIComponent(text)}`, {
    signal,
    headers: { Accept: "application/json" },
  });
  if (!response.ok) return [];
  const reply = (await response.json()) as { items?: string[] };
  return reply.items ?? [];
}

function option(text: string, typed: string, index: number): HTMLElement {
  const made = element(
    "li",
    { class: "search-form__suggestion", role: "option", id: `suggestion-${index}`, "aria-selected": "false" },
    icon("search"),
  );
  // What was typed already is shown fainter than what it may become.
  const same = text.toLowerCase().startsWith(typed.toLowerCase()) ? typed.length : 0;
  const line = element(
    "span",
    {},
    same > 0 ? element("mark", {}, text.slice(0, same)) : "",
    text.slice(same),
  );
  made.append(line);
  made.dataset.text = text;
  return made;
}

export class Suggestions {
  private readonly input: HTMLInputElement;
  private readonly list = element("ul", {
    class: "search-form__suggestions",
    role: "listbox",
    id: "suggestions",
    "aria-label": words.suggestions,
    hidden: "",
  });
  private readonly kept = new Map<string, string[]>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;
  private chosen = -1;
  private typed = "";

  constructor(
    private readonly form: HTMLFormElement,
    private readonly ask: Ask = askServer,
  ) {
    this.input = form.querySelector<HTMLInputElement>("input[type=search]")!;
    const roles = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestions",
    };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    form.append(this.list);
    this.input.addEventListener("input", () => this.typeIn());
    this.input.addEventListener("keydown", (event) => this.press(event));
    form.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) this.close();
    });
    // Before the field loses its focus to what is pressed.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (row) this.take(row.dataset.text ?? "");
    });
  }

  private typeIn(): void {
    this.typed = this.input.value.trim();
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.typed.length < shortest) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => void this.fill(this.typed), pauseMs);
  }

  private async fill(text: string): Promise<void> {
    let found = this.kept.get(text);
    if (!found) {
      this.asking = new AbortController();
      try {
        found = await this.ask(text, this.asking.signal);
      } catch {
        return; // overtaken by the next letter, or no connection: searching still works
      }
      if (this.kept.size >= mostKept) this.kept.clear();
      this.kept.set(text, found);
    }
    if (text === this.typed && document.activeElement === this.input) this.show(found);
  }

  private show(found: string[]): void {
    this.chosen = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((text, index) => option(text, this.typed, index)));
    this.setOpen(found.length > 0);
  }

  private setOpen(open: boolean): void {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.chosen = -1;
    this.setOpen(false);
  }

  private press(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.input.value = this.typed;
      this.close();
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      this.take(this.input.value);
    }
  }

  // Goes round through the rows and the field itself.
  private choose(step: number): void {
    const rows = [...this.list.children] as HTMLElement[];
    const places = rows.length + 1;
    this.chosen = ((this.chosen + 1 + step + places) % places) - 1;
    rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === this.chosen)));
    const row = rows[this.chosen];
    this.input.value = row?.dataset.text ?? this.typed;
    if (row) {
      this.input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  private take(text: string): void {
    this.input.value = text;
    this.close();
    this.form.requestSubmit();
  }
}

export function suggest(form: HTMLFormElement): void {
  if (form.querySelector("input[type=search]")) new Suggestions(form);
}
