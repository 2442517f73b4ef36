// [data-filters]: the sheet of filters on a phone; the links #filters and # open and close it. This adds the
// keyboard: the focus goes in and comes back, Escape closes.
const sheetQuery = "(max-width: 55.99rem)";

export function filterSheet(sheet: HTMLElement): void {
  const isOpen = (): boolean => location.hash === `#${sheet.id}` && matchMedia(sheetQuery).matches;
  let opener: Element | null = null;
  const follow = (): void => {
    document.documentElement.classList.toggle("has-sheet", isOpen());
    if (isOpen()) {
      opener = document.activeElement;
      sheet.querySelector<HTMLElement>("a, input, button")?.focus();
    } else if (opener instanceof HTMLElement) {
      opener.focus();
      opener = null;
    }
  };
  const close = (): void => {
    history.replaceState(history.state, "", location.pathname + location.search);
    // :target follows a navigation within the page only.
    location.hash = "";
    history.replaceState(history.state, "", location.pathname + location.search);
    follow();
  };
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) close();
  });
  sheet.querySelector(".filters__close")?.addEventListener("click", (event) => {
    event.preventDefault();
    close();
  });
  follow();
}

// form[data-auto-submit]: a choice is sent at once; in a sheet it waits for the button.
export function autoSubmit(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    const inSheet = form.closest("[data-filters]") && matchMedia(sheetQuery).matches;
    const isChoice = event.target instanceof HTMLSelectElement || (event.target as HTMLInputElement).matches("[type=checkbox], [type=radio]");
    if (isChoice && !inSheet) form.requestSubmit();
  });
}
