// [data-gallery]: the pictures' strip scrolls and snaps by itself; this adds arrows, keys, which one is seen.
import { element, glide, icon } from "./elements";
import { words } from "./words";

function arrow(kind: "back" | "on", run: () => void): HTMLButtonElement {
  const label = kind === "back" ? words.back : words.on;
  const button = element(
    "button",
    { class: `gallery__arrow gallery__arrow--${kind}`, type: "button", "aria-label": label },
    icon(kind === "back" ? "chevron-left" : "chevron-right"),
  );
  button.addEventListener("click", run);
  return button;
}

export function gallery(root: HTMLElement): void {
  const stage = root.querySelector<HTMLElement>(".gallery__stage");
  const slides = [...root.querySelectorAll<HTMLElement>(".gallery__slide")];
  const thumbs = [...root.querySelectorAll<HTMLElement>(".gallery__thumb")];
  if (!stage || slides.length < 2) return;
  let shown = 0;

  const goTo = (index: number): void => {
    const wanted = Math.min(Math.max(index, 0), slides.length - 1);
    stage.scrollTo({ left: wanted * stage.clientWidth, behavior: glide() });
  };
  const back = arrow("back", () => goTo(shown - 1));
  const on = arrow("on", () => goTo(shown + 1));
  const count = element("span", { class: "gallery__count badge", "aria-hidden": "true" });
  const show = (): void => {
    back.disabled = shown === 0;
    on.disabled = shown === slides.length - 1;
    count.textContent = `${shown + 1} / ${slides.length}`;
    thumbs.forEach((thumb, index) => {
      if (index === shown) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
  };
  root.append(back, on, count);
  stage.addEventListener(
    "scroll",
    () => {
      const seen = Math.round(stage.scrollLeft / Math.max(stage.clientWidth, 1));
      if (seen === shown) return;
      shown = seen;
      show();
    },
    { passive: true },
  );
  stage.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    goTo(shown + (event.key === "ArrowRight" ? 1 : -1));
  });
  thumbs.forEach((thumb, index) => {
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(index);
    });
  });
  show();
}
