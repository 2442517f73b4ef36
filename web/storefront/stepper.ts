// [data-stepper]: the buttons count by themselves; the form around it is sent after the last press.
const pauseMs = 450;

export function stepper(root: HTMLElement): void {
  const input = root.querySelector<HTMLInputElement>("input");
  const buttons = [...root.querySelectorAll<HTMLButtonElement>(".stepper__button")];
  if (!input || buttons.length !== 2) return;
  const bound = (name: "min" | "max", otherwise: number): number =>
    input[name] === "" ? otherwise : Number(input[name]);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const showBounds = (): void => {
    const value = Number(input.value);
    buttons[0]!.disabled = value <= bound("min", 0);
    buttons[1]!.disabled = value >= bound("max", 99);
  };
  const settle = (delay: number): void => {
    showBounds();
    clearTimeout(timer);
    timer = setTimeout(() => {
      root.dispatchEvent(new CustomEvent("stepped", { bubbles: true, detail: Number(input.value) }));
    }, delay);
  };
  buttons.forEach((button, index) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const wanted = Number(input.value) + (index === 0 ? -1 : 1);
      input.value = String(Math.min(Math.max(wanted, bound("min", 0)), bound("max", 99)));
      settle(pauseMs);
    });
  });
  input.addEventListener("change", () => settle(0));
  // Enter changes the field and sends the form: that is once.
  root.closest("form")?.addEventListener("submit", () => clearTimeout(timer));
  showBounds();
}
