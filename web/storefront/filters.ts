// [data-filters]: the sheet of filters on a phone; the links #filters and # open and close it. This adds the
// keyboard: the focus goes in and comes back, Escape closes.
const sheetQuery = "(max-width: 55.99rem)";

export function filterSheet(sheet: HTMLElement): void {
  const closer = sheet.querySelector<HTMLAnchorElement>(".filters__close");
  const isOpen = (): boolean => location.hash === `#${sheet.id}` && matchMedia(sheetQuery).matches;
  let opener: HTMLElement | null = null;
  let scrolled = 0;
  // A link has taken the focus before the address changes.
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.<HTMLElement>(`a[href="#${sheet.id}"]`);
    if (!link) return;
    opener = link;
    scrolled = scrollY;
  });
  const follow = (): void => {
    document.documentElement.classList.toggle("has-sheet", isOpen());
    if (isOpen()) {
      closer?.focus();
    } else if (opener) {
      scrollTo({ top: scrolled, behavior: "auto" });
      opener.focus({ preventScroll: true });
      opener = null;
    }
  };
  // Only a navigation within the page changes what :target is; replacing leaves nothing to go back to.
  const close = (): void => location.replace(closer?.hash || "#content");
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) close();
  });
  closer?.addEventListener("click", (event) => {
    event.preventDefault();
    close();
  });
  follow();
}

// form[data-auto-submit]: a choice is sent at once; in a sheet it waits for the button.
export function autoSubmit(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    const inSheet = form.closest("[data-filters]") && matchMedia(sheetQuery).matches;
    const isChoice =
      event.target instanceof HTMLSelectElement ||
      (event.target as HTMLInputElement).matches("[type=checkbox], [type=radio]");
    if (isChoice && !inSheet) form.requestSubmit();
  });
}
