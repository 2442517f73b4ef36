// form[data-theme-form]: light, dark or the system's at once; the server remembers it.
export function themeForm(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (!(pressed instanceof HTMLButtonElement)) return;
    event.preventDefault();
    document.documentElement.dataset.theme = pressed.value;
    for (const button of document.querySelectorAll(`form[data-theme-form] button[name="${pressed.name}"]`)) {
      button.setAttribute("aria-pressed", String((button as HTMLButtonElement).value === pressed.value));
    }
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    body.set(pressed.name, pressed.value);
    // Kept until the next page is there; without a connection it is chosen for this page only.
    fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => undefined);
  });
}
