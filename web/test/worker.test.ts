import { describe, expect, it } from "vitest";
import { planFor } from "../storefront/worker/plan";
import { planFor as planOfTerminal } from "../terminal/worker/plan";

const origin = "https://shop.example";

function plan(method: string, path: string, mode = "navigate"): string {
  return planFor({ method, mode, url: path.startsWith("http") ? path : origin + path, origin });
}

describe("the service worker", () => {
  it("takes only what never changes from its cache", () => {
    expect(plan("GET", "/assets/storefront.Bd0c_k3e.css", "no-cors")).toBe("asset");
    expect(plan("GET", "/media/p/1.svg", "no-cors")).toBe("picture");
    expect(plan("GET", "/")).toBe("page");
    expect(plan("GET", "/cart")).toBe("page");
    expect(plan("GET", "/checkout?lat=1")).toBe("page");
  });

  it("keeps copies of orders and of nothing else that is the buyer's", () => {
    expect(plan("GET", "/orders")).toBe("order-page");
    expect(plan("GET", "/orders/ord_01HZX")).toBe("order-page");
    expect(plan("GET", "/orders/ord_01HZX", "cors")).toBe("order-page");
    expect(plan("GET", "/orders/ord_01HZX/cancel")).toBe("page");
    expect(plan("GET", "/account")).toBe("page");
    expect(plan("GET", "/orders?page=2")).toBe("order-page");
  });

  it("forgets them when somebody signs in or out", () => {
    expect(plan("POST", "/sign-out")).toBe("forget-orders");
    expect(plan("POST", "/sign-in/code")).toBe("forget-orders");
  });

  it("leaves alone what changes something, what programs ask, and other sites", () => {
    expect(plan("POST", "/checkout")).toBe("network");
    expect(plan("PUT", "/api/v1/cart/items/sku_1", "cors")).toBe("network");
    expect(plan("GET", "/api/v1/events", "cors")).toBe("network");
    expect(plan("GET", "https://bank.example/acs/1")).toBe("network");
  });
});

describe("the terminal's service worker", () => {
  const planned = (method: string, path: string, mode: string): string =>
    planOfTerminal({ method, mode, url: origin + path, origin });

  it("keeps the program, its page and pictures", () => {
    expect(planned("GET", "/assets/terminal.Bd0c_k3e.js", "cors")).toBe("asset");
    expect(planned("GET", "/media/p/1.svg", "no-cors")).toBe("picture");
    expect(planned("GET", "/terminal", "navigate")).toBe("document");
    expect(planned("GET", "/terminal/tasks/tsk_1", "navigate")).toBe("document");
  });

  it("never touches sessions, the API and the console", () => {
    expect(planned("GET", "/session", "cors")).toBe("network");
    expect(planned("POST", "/session", "cors")).toBe("network");
    expect(planned("GET", "/api/v1/warehouse/tasks", "cors")).toBe("network");
    expect(planned("POST", "/terminal", "navigate")).toBe("network");
    expect(planned("GET", "/console", "navigate")).toBe("network");
    expect(planned("GET", "/terminals", "navigate")).toBe("network");
  });
});
