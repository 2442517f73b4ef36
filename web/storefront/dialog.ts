// [data-open-dialog="id"]: opens that <dialog>; pressing beside it closes it.
export function showDialog(dialog: HTMLDialogElement): void {
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.close(); // one that stands open in the page, for who has no scripts
  dialog.showModal();
}

export function openDialog(button: HTMLElement): void {
  button.addEventListener("click", (event) => {
    const dialog = document.getElementById(button.dataset.openDialog ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    showDialog(dialog);
  });
}

// A dialog of another page of ours, shown on this one until it is closed.
export function borrowDialog(dialog: HTMLElement, enhance: (root: ParentNode) => void): void {
  const own = document.importNode(dialog, true);
  if (!(own instanceof HTMLDialogElement)) return;
  own.removeAttribute("open");
  const place = document.createElement("div");
  place.append(own);
  document.body.append(place);
  enhance(place);
  own.addEventListener("close", () => place.remove());
  showDialog(own);
}
