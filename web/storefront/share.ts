// [data-share]: the system's sharing, or the address copied. `data-share-title` says what is shared.
import { toast } from "./toast";
import { words } from "./words";

export function share(button: HTMLElement): void {
  const canShare = "share" in navigator;
  const canCopy = "clipboard" in navigator;
  button.hidden = !canShare && !canCopy;
  button.addEventListener("click", async () => {
    const url = document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href || location.href;
    try {
      if (canShare) {
        await navigator.share({ title: button.dataset.shareTitle || document.title, url });
      } else {
        await navigator.clipboard.writeText(url);
        toast(words.copied);
      }
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError"))
        toast(words.failed, { kind: "error" });
    }
  });
}
