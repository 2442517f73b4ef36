import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { countDown } from "../storefront/countdown";
import { gallery } from "../storefront/gallery";
import { watchConnection } from "../storefront/offline";
import { liveOrders } from "../storefront/order_live";
import { share } from "../storefront/share";
import { themeForm } from "../storefront/theme";

class FakeEvents extends EventTarget {
  static readonly CLOSED = 2;
  static last: FakeEvents | undefined;
  static opened = 0;
  readyState = 1;
  constructor(readonly address: string) {
    super();
    FakeEvents.last = this;
    FakeEvents.opened++;
  }
  close(): void {
    this.readyState = FakeEvents.CLOSED;
  }
  tell(news: object): void {
    this.dispatchEvent(new MessageEvent("order.status", { data: JSON.stringify(news) }));
  }
  refuse(): void {
    this.readyState = FakeEvents.CLOSED;
    this.dispatchEvent(new Event("error"));
  }
}

function find<Kind extends HTMLElement>(selector: string): Kind {
  return document.querySelector<Kind>(selector)!;
}

function orderPage(status: string): string {
  return `<main id="content"><div data-order-live="ord_1" data-order-status="${status}">
    <p data-order-part="notice">${status}</p><details data-order-part="history"></details></div></main>`;
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeEvents.opened = 0;
  globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, "\\$&") } as typeof CSS;
  vi.stubGlobal("EventSource", FakeEvents);
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
});

afterEach(() => {
  dispatchEvent(new Event("pagehide"));
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("an order's page", () => {
  it("changes by itself and says what happened", async () => {
    document.body.innerHTML = orderPage("PAID");
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => new Response(orderPage("ASSEMBLING"))),
    );
    liveOrders();
    FakeEvents.last!.tell({ order_id: "ord_1", status: "ASSEMBLING", message: "Being packed" });
    await vi.advanceTimersByTimeAsync(10);
    expect(find("[data-order-part=notice]").textContent).toBe("ASSEMBLING");
    expect(find("[data-order-live]").dataset.orderStatus).toBe("ASSEMBLING");
    expect(find(".toasts").textContent).toBe("Being packed");
  });

  it("does not mind news of another order", async () => {
    document.body.innerHTML = orderPage("PAID");
    const fetched = vi.fn();
    vi.stubGlobal("fetch", fetched);
    liveOrders();
    FakeEvents.last!.tell({ order_id: "ord_2", status: "ASSEMBLING", message: "Another" });
    await vi.advanceTimersByTimeAsync(10);
    expect(fetched).not.toHaveBeenCalled();
  });

  it("shows news of the status that it has, as that the payment was declined", async () => {
    document.body.innerHTML = orderPage("PENDING_PAYMENT");
    const declined = orderPage("PENDING_PAYMENT").replace(">PENDING_PAYMENT<", ">Declined<");
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => new Response(declined)),
    );
    liveOrders();
    FakeEvents.last!.tell({ order_id: "ord_1", status: "PENDING_PAYMENT", message: "Declined" });
    await vi.advanceTimersByTimeAsync(10);
    expect(find("[data-order-part=notice]").textContent).toBe("Declined");
  });

  it("listens again after a refusal, later each time, and asks what it missed", async () => {
    document.body.innerHTML = orderPage("PAID");
    const fetched = vi.fn(async () => new Response(orderPage("PAID")));
    vi.stubGlobal("fetch", fetched);
    liveOrders();
    FakeEvents.last!.refuse();
    await vi.advanceTimersByTimeAsync(2100);
    expect(FakeEvents.opened).toBe(2);
    expect(fetched).toHaveBeenCalledTimes(1);
    FakeEvents.last!.refuse();
    await vi.advanceTimersByTimeAsync(2100);
    expect(FakeEvents.opened).toBe(2);
    await vi.advanceTimersByTimeAsync(2100);
    expect(FakeEvents.opened).toBe(3);
  });

  it("asks once it listens for what happened since the page was made", async () => {
    document.body.innerHTML = orderPage("CANCELLED");
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => new Response(orderPage("REFUNDED"))),
    );
    liveOrders();
    FakeEvents.last!.dispatchEvent(new Event("open"));
    await vi.advanceTimersByTimeAsync(10);
    expect(find("[data-order-live]").dataset.orderStatus).toBe("REFUNDED");
  });

  it("listens to nothing where no order is shown", () => {
    document.body.innerHTML = "<main></main>";
    liveOrders();
    expect(FakeEvents.opened).toBe(0);
  });
});

describe("the time to pay", () => {
  it("runs out beside the link, and tells the page", async () => {
    const until = new Date(Date.now() + 61_000).toISOString();
    document.body.innerHTML = `<p><a href="/" data-pay-until="${until}">Pay</a></p>`;
    const over = vi.fn();
    document.addEventListener("time-over", over);
    countDown(find("a"));
    expect(find(".countdown").textContent).toMatch(/1:0[01]$/);
    await vi.advanceTimersByTimeAsync(62_000);
    expect(find(".countdown").textContent).toMatch(/0:00$/);
    expect(over).toHaveBeenCalledTimes(1);
  });
});

describe("the gallery", () => {
  it("has arrows, and marks the picture that is seen", () => {
    document.body.innerHTML = `<div class="gallery"><div class="gallery__stage"><span class="gallery__slide"></span>
      <span class="gallery__slide"></span></div><a class="gallery__thumb"></a><a class="gallery__thumb"></a></div>`;
    const stage = find(".gallery__stage");
    Object.defineProperty(stage, "clientWidth", { value: 300 });
    stage.scrollTo = vi.fn() as never;
    gallery(find(".gallery"));
    const [back, on] = [...document.querySelectorAll<HTMLButtonElement>(".gallery__arrow")];
    expect(back!.disabled).toBe(true);
    on!.click();
    expect(stage.scrollTo).toHaveBeenCalledWith({ left: 300, behavior: "auto" });
    stage.scrollLeft = 300;
    stage.dispatchEvent(new Event("scroll"));
    expect(document.querySelectorAll(".gallery__thumb")[1]!.getAttribute("aria-current")).toBe("true");
    expect(on!.disabled).toBe(true);
  });
});

describe("the page", () => {
  it("says when the connection is lost and when it is back", () => {
    document.body.innerHTML = '<main id="content"></main>';
    const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
    watchConnection();
    expect(find(".offline")).toBeNull();
    online.mockReturnValue(false);
    dispatchEvent(new Event("offline"));
    expect(find(".offline")).not.toBeNull();
    online.mockReturnValue(true);
    dispatchEvent(new Event("online"));
    expect(find(".offline")).toBeNull();
    expect(find(".toast")).not.toBeNull();
  });

  it("turns dark at once and tells the server", () => {
    document.body.innerHTML = `<form data-theme-form action="/theme" method="post"><input name="csrf" value="c">
      <button name="theme" value="light" aria-pressed="true">l</button><button name="theme" value="dark">d</button></form>`;
    const fetched = vi.fn(async (_address: string, _options: RequestInit) => new Response());
    vi.stubGlobal("fetch", fetched);
    themeForm(find("form"));
    const dark = find<HTMLButtonElement>("[value=dark]");
    find("form").dispatchEvent(new SubmitEvent("submit", { cancelable: true, submitter: dark }));
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(dark.getAttribute("aria-pressed")).toBe("true");
    expect(find("[value=light]").getAttribute("aria-pressed")).toBe("false");
    expect(String(fetched.mock.calls[0]![1].body)).toBe("csrf=c&theme=dark");
  });

  it("offers sharing only where something can be shared", () => {
    document.body.innerHTML = "<button>Share</button>";
    share(find("button"));
    expect(find("button").hidden).toBe(true);
  });
});
