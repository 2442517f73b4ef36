// [data-open-dialog="id"]: opens that <dialog>; pressing beside it closes it.
export function openDialog(button: HTMLElement): void {
  button.addEventListener("click", () => {
    const dialog = document.getElementById(button.dataset.openDialog ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.showModal();
  });
}
