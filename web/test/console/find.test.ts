import { describe, expect, it } from "vitest";
import { phoneIn, placeOf } from "../../console/find";

describe("what is typed into the search box", () => {
  it.each([
    ["ord_01kx2", "/console/orders/ord_01kx2"],
    ["  ord_01kx2,  ", "/console/orders/ord_01kx2"],
    ["http://shop/orders/ord_01kx2?from=mail", "/console/orders/ord_01kx2"],
    ["sku_shoe-42", "/console/stock/sku_shoe-42"],
    ["pay_01", "/console/orders?payment_id=pay_01"],
    ["usr_01", "/console/orders?user_id=usr_01"],
    ["+7 900 123-45-67", "/console/orders?phone=%2B79001234567"],
    ["8 (900) 123-45-67", "/console/orders?phone=8%28900%291234567"],
    ["9001234567", "/console/orders?phone=9001234567"],
    ["\u202A+44 (0)20 7946\u202F0958\u202C", "/console/orders?phone=%2B44%280%292079460958"],
    ["paid", "/console/orders?status=PAID"],
    ["ready to ship", "/console/orders?status=READY_TO_SHIP"],
    ["PKG-17", "/console/found?q=PKG-17"],
    ["XN31Q2", "/console/found?q=XN31Q2"],
    ["4600000000017", "/console/found?q=4600000000017"],
    [
      "Казань, Баумана",
      "/console/found?q=%D0%9A%D0%B0%D0%B7%D0%B0%D0%BD%D1%8C%2C+%D0%91%D0%B0%D1%83%D0%BC%D0%B0%D0%BD%D0%B0",
    ],
  ])("%s leads to %s", (typed, place) => {
    expect(placeOf(typed)).toBe(place);
  });

  it.each(["", "   ", "?!", "x"])("%s is not understood", (typed) => {
    expect(placeOf(typed)).toBeUndefined();
  });

  it("takes for a phone only what is one", () => {
    expect(phoneIn("12345")).toBeUndefined();
    expect(phoneIn("+1 202 555 0101")).toBe("+12025550101");
    expect(phoneIn("4600000000017")).toBeUndefined();
  });
});
