// A page that the browser kept and shows again (Back): what it says of the cart may not be true any more, and whose page
// it was may have left.
import { shareCount } from "./cart_badge";
import { fetchPage, replaceBuying, showCartCount } from "./pages";

// Somebody's own page is asked for as a whole, and leads to the sign-in if need be. It is never in the browser's store
// of answers, only in its memory of pages.
function isPersonal(): boolean {
  return "signedIn" in document.body.dataset || location.pathname === "/cart";
}

async function refresh(): Promise<void> {
  const page = await fetchPage(location.href).catch(() => undefined);
  if (!page?.ok) return;
  showCartCount(page.document);
  const skus = new Set(
    [...document.querySelectorAll<HTMLElement>("[data-buy]")].map(({ dataset }) => dataset.buy ?? ""),
  );
  for (const sku of skus) replaceBuying(page, sku);
}

export function keepCurrent(): void {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const mayBeOld = navigation?.type === "back_forward" && !isPersonal();
  shareCount(!mayBeOld);
  if (mayBeOld) void refresh();
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (isPersonal()) location.reload();
    else void refresh();
  });
}
