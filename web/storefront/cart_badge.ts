// [data-cart-count]: how many units are in the cart, the same in all tabs. A tab that has news tells the others.
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("cart");

export function showCount(count: string): void {
  for (const badge of document.querySelectorAll<HTMLElement>("[data-cart-count]")) {
    badge.textContent = count;
    badge.hidden = count === "0";
  }
}

export function tellCount(count: string): void {
  channel?.postMessage(count);
}

function isCount(data: unknown): data is string {
  return typeof data === "string" && /^\d{1,5}$/.test(data);
}

// `isFresh`: the page comes from the shop just now, so what it says is news.
export function shareCount(isFresh: boolean): void {
  channel?.addEventListener("message", ({ data }) => {
    if (isCount(data)) showCount(data);
  });
  const own = document.querySelector("[data-cart-count]")?.textContent ?? "";
  if (isFresh && isCount(own)) tellCount(own);
}
