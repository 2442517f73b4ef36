// form[data-pay-form]: what is not chosen yet is said by the page, at once and where it is chosen: the element
// [data-missing="name"] is shown, and the first of that name's fields gets the focus.
export function payForm(form: HTMLFormElement): void {
  const fieldsOf = (name: string): HTMLInputElement[] =>
    [...form.elements].filter(
      (field): field is HTMLInputElement => field instanceof HTMLInputElement && field.name === name,
    );
  const notes = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-missing]")];
  form.addEventListener("submit", (event) => {
    let first: HTMLInputElement | undefined;
    for (const note of notes()) {
      const fields = fieldsOf(note.dataset.missing ?? "");
      const isMissing = fields.length > 0 && fields.every((field) => !field.checked);
      note.hidden = !isMissing;
      if (isMissing) first ??= fields[0];
    }
    if (!first) return;
    event.preventDefault();
    first.focus();
    first.scrollIntoView({ block: "center" });
  });
  document.addEventListener("change", (event) => {
    const chosen = event.target as HTMLInputElement;
    for (const note of notes()) if (note.dataset.missing === chosen.name) note.hidden = true;
  });
}
