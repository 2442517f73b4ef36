import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cartForm } from "../storefront/cart_form";
import { addToCart } from "../storefront/add_to_cart";
import { clockText } from "../storefront/countdown";
import { shareCount } from "../storefront/cart_badge";
import { enhance, hook } from "../storefront/enhance";
import { localClock } from "../storefront/local_time";
import { payForm } from "../storefront/pay_form";
import { sendOnce } from "../storefront/once";
import { replaceParts } from "../storefront/pages";
import { lengthText, sketchOf } from "../storefront/points";
import { stepper } from "../storefront/stepper";
import { Suggestions } from "../storefront/suggest";
import { formAddress } from "../storefront/swap";

function show(html: string): void {
  document.body.innerHTML = html;
}

function find<Kind extends HTMLElement>(selector: string): Kind {
  return document.querySelector<Kind>(selector)!;
}

function answer(html: string, status = 200): Response {
  return new Response(html, { status });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, "\\$&") } as typeof CSS;
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("suggestions", () => {
  const field = '<form action="/search"><input type="search" name="q"></form>';

  async function type(text: string): Promise<void> {
    const input = find<HTMLInputElement>("input");
    input.focus();
    input.value = text;
    input.dispatchEvent(new Event("input"));
    await vi.runAllTimersAsync();
  }

  function press(key: string): void {
    find("input").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }

  it("are asked for once, after the typing has paused", async () => {
    show(field);
    const ask = vi.fn(async () => ["чай", "чайник"]);
    new Suggestions(find("form"), ask);
    const input = find<HTMLInputElement>("input");
    input.focus();
    for (const text of ["ч", "ча", "чай"]) {
      input.value = text;
      input.dispatchEvent(new Event("input"));
    }
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(input.getAttribute("aria-expanded")).toBe("true");
    expect(document.querySelectorAll("[role=option]")).toHaveLength(2);
  });

  it("are chosen by the keyboard and given up by Escape", async () => {
    show(field);
    Element.prototype.scrollIntoView = () => undefined;
    new Suggestions(find("form"), async () => ["чай", "чайник"]);
    await type("ча");
    press("ArrowDown");
    press("ArrowDown");
    expect(find<HTMLInputElement>("input").value).toBe("чайник");
    expect(find("input").getAttribute("aria-activedescendant")).toBe("suggestion-1");
    press("Escape");
    expect(find<HTMLInputElement>("input").value).toBe("ча");
    expect(find("ul").hidden).toBe(true);
  });

  it("show what shops write as text, whatever it holds", async () => {
    show(field);
    new Suggestions(find("form"), async () => ["<img src=x onerror=alert(1)>"]);
    await type("<img");
    expect(document.querySelector("ul img")).toBeNull();
    expect(find("[role=option]").textContent).toBe("<img src=x onerror=alert(1)>");
  });
});

describe("the stepper", () => {
  const counter = `<form data-cart-form action="/cart/items/sku_1" method="post"><span data-stepper>
    <button class="stepper__button" name="set" value="1">-</button>
    <input name="quantity" type="number" min="0" max="3" value="2">
    <button class="stepper__button" name="set" value="3">+</button></span></form>`;

  it("counts within its bounds and tells once, after the last press", async () => {
    show(counter);
    stepper(find("[data-stepper]"));
    const heard = vi.fn();
    document.addEventListener("stepped", heard);
    const [less, more] = [...document.querySelectorAll<HTMLButtonElement>("button")];
    more!.click();
    more!.click();
    expect(find<HTMLInputElement>("input").value).toBe("3");
    expect(more!.disabled).toBe(true);
    less!.click();
    await vi.runAllTimersAsync();
    expect(heard).toHaveBeenCalledTimes(1);
    expect((heard.mock.calls[0]![0] as CustomEvent).detail).toBe(2);
  });

  it("sends its line and shows the cart that came back", async () => {
    show(`<span data-cart-count>2</span><main id="content">${counter}</main>`);
    const fetched = vi.fn(async (_address: string, _options: RequestInit) =>
      answer('<span data-cart-count>3</span><main id="content"><p>new</p></main>'),
    );
    vi.stubGlobal("fetch", fetched);
    stepper(find("[data-stepper]"));
    cartForm(find("form"));
    document.querySelectorAll<HTMLButtonElement>("button")[1]!.click();
    await vi.runAllTimersAsync();
    expect(String(fetched.mock.calls[0]![1].body)).toBe("quantity=3");
    expect(find("main").textContent).toBe("new");
    expect(find("[data-cart-count]").textContent).toBe("3");
  });

  it("sends once when Enter changes the field and sends its form", async () => {
    show(`<main id="content">${counter}</main>`);
    const fetched = vi.fn(async (_address: string, _options: RequestInit) =>
      answer('<main id="content"><p>new</p></main>'),
    );
    vi.stubGlobal("fetch", fetched);
    stepper(find("[data-stepper]"));
    cartForm(find("form"));
    find<HTMLInputElement>("input").value = "1";
    find("input").dispatchEvent(new Event("change", { bubbles: true }));
    find("form").dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
    await vi.runAllTimersAsync();
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(String(fetched.mock.calls[0]![1].body)).toBe("quantity=1");
  });

  it("beside goods goes back to what is true when the cart refuses, and says why", async () => {
    show(`<div data-buy="sku_1">${counter}</div>`);
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => answer('<p class="field__error">At most 2.</p>', 409)),
    );
    cartForm(find("form"));
    find<HTMLInputElement>("input").value = "3";
    find("form").dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
    await vi.advanceTimersByTimeAsync(10);
    expect(find(".toast--error").textContent).toBe("At most 2.");
    expect(find<HTMLInputElement>("input").value).toBe("2");
  });
});

describe("putting into the cart", () => {
  const form =
    '<span data-cart-count hidden>0</span><div data-buy="sku_1"><form action="/cart/items" method="post"><input type="hidden" name="sku_id" value="sku_1"><button type="submit">Buy</button></form></div>';
  const bought =
    '<span data-cart-count>1</span><div data-buy="sku_1"><span data-stepper><button>-</button><button>+</button></span></div>';

  it("is sent once however often it is pressed, counts, and leaves a stepper that has the focus", async () => {
    show(form);
    find("button").focus();
    const fetched = vi.fn(async () => answer(bought));
    vi.stubGlobal("fetch", fetched);
    addToCart(find("form"));
    const press = (): unknown => find("form").dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    press();
    press();
    await vi.runAllTimersAsync();
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(find("[data-cart-count]").textContent).toBe("1");
    expect(find("[data-cart-count]").hidden).toBe(false);
    expect(document.querySelector("form")).toBeNull();
    expect(document.activeElement?.textContent).toBe("+");
  });

  it("says when there is no connection, and may be tried again", async () => {
    show(form);
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => Promise.reject(new TypeError("no connection"))),
    );
    addToCart(find("form"));
    find("form").dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    await vi.advanceTimersByTimeAsync(10);
    expect(find(".toast--error")).not.toBeNull();
    expect(document.querySelector("form")).not.toBeNull();
    expect(find("button").hasAttribute("aria-busy")).toBe(false);
  });
});

describe("the form that pays", () => {
  const form = `<p data-missing="point" hidden>Choose</p>
    <input type="radio" name="point" form="order" value="a"><input type="radio" name="point" form="order" value="b">
    <form id="order" method="post" novalidate><button>Pay</button></form>`;

  function send(): boolean {
    return find("form").dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
  }

  it("says what is missing where it is chosen, and goes when it is there", () => {
    Element.prototype.scrollIntoView = () => undefined;
    show(form);
    payForm(find("form"));
    expect(send()).toBe(false);
    expect(find("p").hidden).toBe(false);
    expect((document.activeElement as HTMLInputElement).value).toBe("a");
    find<HTMLInputElement>("[value=b]").click();
    expect(find("p").hidden).toBe(true);
    expect(send()).toBe(true);
  });
});

describe("the cart's badge", () => {
  it("follows what another tab tells, and nothing else", async () => {
    vi.useRealTimers();
    show("<span data-cart-count hidden>0</span>");
    shareCount(false);
    const other = new BroadcastChannel("cart");
    other.postMessage("<b>");
    other.postMessage("4");
    await vi.waitFor(() => expect(find("[data-cart-count]").textContent).toBe("4"));
    expect(find("[data-cart-count]").hidden).toBe(false);
    other.postMessage("0");
    await vi.waitFor(() => expect(find("[data-cart-count]").hidden).toBe(true));
    other.close();
  });
});

describe("a time of the day", () => {
  it("is written for the reader's own zone", () => {
    show('<time datetime="2026-11-26T09:05:00.000Z" data-clock>12:05 GMT+3</time>');
    localClock(find("time"));
    const own = new Date("2026-11-26T09:05:00.000Z");
    const two = (number: number): string => String(number).padStart(2, "0");
    expect(find("time").textContent).toBe(`${two(own.getHours())}:${two(own.getMinutes())}`);
  });
});

describe("a form that changes something", () => {
  sendOnce();

  function send(): boolean {
    return find("form").dispatchEvent(
      new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: find("button") }),
    );
  }

  it("is sent once", () => {
    show('<form method="post"><button>Pay</button></form>');
    expect(send()).toBe(true);
    expect(find("button").getAttribute("aria-busy")).toBe("true");
    expect(send()).toBe(false);
  });

  it("is not sent without a connection", () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    show('<form method="post"><button>Pay</button></form>');
    expect(send()).toBe(false);
  });

  it("that only asks is sent as often as one likes", () => {
    show('<form method="get"><button>Find</button></form>');
    expect(send()).toBe(true);
    expect(send()).toBe(true);
  });
});

describe("parts of a page", () => {
  it("are replaced and enhanced, and keep the focus", () => {
    const seen: string[] = [];
    hook("[data-marked]", (element: HTMLElement) => seen.push(element.textContent ?? ""));
    show('<div data-part="a"><button id="b" data-marked>old</button></div><p data-part="gone">stays</p>');
    enhance(document);
    find("#b").focus();
    const fresh = new DOMParser().parseFromString(
      '<div data-part="a"><button id="b" data-marked>new</button></div>',
      "text/html",
    );
    expect(replaceParts({ document: fresh, address: "/", ok: true }, "data-part")).toBe(true);
    expect(seen).toEqual(["old", "new"]);
    expect(document.activeElement?.textContent).toBe("new");
    expect(find("p").textContent).toBe("stays");
  });

  it("are asked for with the fields that are filled", () => {
    show('<form action="/checkout"><input name="near" value="ул. Арбат"><input name="lat" value=""></form>');
    expect(new URL(formAddress(find("form"))).search).toBe(
      "?near=%D1%83%D0%BB.+%D0%90%D1%80%D0%B1%D0%B0%D1%82",
    );
  });
});

describe("the sketch of pickup points", () => {
  const moscow = [
    { lat: 55.7601, lon: 37.6184 },
    { lat: 55.7522, lon: 37.593 },
    { lat: 55.7423, lon: 37.6531 },
  ];

  it("has every point inside, north up and east right", () => {
    const sketch = sketchOf(moscow);
    const [north, west, south] = moscow.map((place) => sketch.at(place));
    for (const { x, y } of [north!, west!, south!]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(sketch.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(sketch.height);
    }
    expect(north!.y).toBeLessThan(south!.y);
    expect(west!.x).toBeLessThan(north!.x);
  });

  it("puts a single point into the middle", () => {
    const sketch = sketchOf([moscow[0]!]);
    expect(sketch.at(moscow[0]!)).toEqual({ x: sketch.width / 2, y: sketch.height / 2 });
    expect(Number.isFinite(sketch.metresPerUnit)).toBe(true);
  });

  it("writes lengths as people say them", () => {
    expect([lengthText(200), lengthText(5000)].join()).toMatch(/^200 (м|m),5 (км|km)$/);
  });
});

describe("time that runs out", () => {
  it("is written as minutes and seconds and never below none", () => {
    expect([899.2, 60, 5, 0, -3].map(clockText)).toEqual(["15:00", "1:00", "0:05", "0:00", "0:00"]);
  });
});
