// [data-order-live="ord_…"] (one order) and [data-orders] (the list): when an order's status changes, the page
// changes, too, and says so. The news comes by server-sent events; after a break the page is asked for again.
import { fetchPage, replacePart, replaceParts, showCartCount } from "./pages";
import { toast } from "./toast";

const firstPauseMs = 2000;
const longestPauseMs = 60_000;
// While the bank's answer is waited for, the page is asked for also without news.
const lookAgainMs = 4000;
const mostLooks = 30;

interface News {
  order_id: string;
  status: string;
  message: string;
}

async function refresh(): Promise<void> {
  const page = await fetchPage(location.href).catch(() => undefined);
  if (!page?.ok) return;
  showCartCount(page.document);
  for (const attribute of ["data-order-live", "data-orders"]) {
    const old = document.querySelector(`[${attribute}]`);
    const fresh = page.document.querySelector(`[${attribute}]`);
    if (!old || !fresh) continue;
    // Part by part where there are parts and the same ones, so that what is open stays open.
    const names = (root: Element): string =>
      [...root.querySelectorAll("[data-order-part]")]
        .map((part) => part.getAttribute("data-order-part"))
        .join();
    if (names(old) !== "" && names(old) === names(fresh)) {
      replaceParts(page, "data-order-part");
      const status = fresh.getAttribute("data-order-status");
      if (status) old.setAttribute("data-order-status", status);
    } else {
      replacePart(old, fresh);
    }
  }
  document.title = page.document.title;
}

function heard(text: string): void {
  const news = JSON.parse(text) as News;
  const live = document.querySelector<HTMLElement>("[data-order-live]");
  if (live && live.dataset.orderLive !== news.order_id) return;
  // Of the status that it shows already there may be other news: a payment was declined, a part is not to be had.
  if (news.message && live?.dataset.orderStatus !== news.status) toast(news.message);
  void refresh();
}

// One connection, while the page is seen. A browser reconnects by itself and says where it was, except after
// a refusal (the sign-in had to be renewed, the server was busy): then this does it.
class Listener {
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pauseMs = firstPauseMs;

  open(): void {
    if (this.source || document.hidden) return;
    const source = new EventSource("/api/v1/events");
    this.source = source;
    source.addEventListener("open", () => {
      this.pauseMs = firstPauseMs;
      // What happened between the page's making and now nobody has told.
      void refresh();
    });
    source.addEventListener("order.status", (event) => heard((event as MessageEvent<string>).data));
    // Its place in the feed was not known there: what was missed is only in the page itself.
    source.addEventListener("reset", () => void refresh());
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      this.close();
      this.timer = setTimeout(() => {
        void refresh();
        this.open();
      }, this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs);
    });
  }

  close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }
}

function waitForBank(): void {
  let looks = 0;
  const look = (): void => {
    const waits = document.querySelector<HTMLElement>("[data-order-live]")?.querySelector(".spinner");
    if (!waits || looks++ >= mostLooks) return;
    if (!document.hidden) void refresh();
    setTimeout(look, lookAgainMs);
  };
  setTimeout(look, lookAgainMs);
}

export function liveOrders(): void {
  if (!document.querySelector("[data-order-live], [data-orders]") || !("EventSource" in window)) return;
  const listener = new Listener();
  const returned = (): void => {
    listener.close();
    listener.open();
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? listener.close() : returned()));
  addEventListener("pageshow", (event) => event.persisted && returned());
  addEventListener("pagehide", () => listener.close());
  addEventListener("online", returned);
  addEventListener("time-over", () => void refresh());
  listener.open();
  waitForBank();
}
