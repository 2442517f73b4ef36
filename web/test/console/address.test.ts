import { describe, expect, it } from "vitest";
import { addressOf, pathTo } from "../../console/address";

describe("addresses of the console", () => {
  it("say the screen, the thing and how it is looked at", () => {
    expect(addressOf("/console")).toEqual({ screen: "hanging", id: "", query: {} });
    expect(addressOf("/console/orders/ord_1", "?part=money")).toEqual({
      screen: "order",
      id: "ord_1",
      query: { part: "money" },
    });
    expect(addressOf("/console/dead-letters").screen).toBe("deadLetters");
    expect(addressOf("/console/nowhere").screen).toBe("hanging");
  });

  it("come back as they went", () => {
    for (const path of [
      "/console",
      "/console/orders",
      "/console/orders/ord_1",
      "/console/stock/sku_1?before=mov_1",
      "/console/payments?all=1&status=DECLINED",
      "/console/dead-letters",
      "/console/queues",
    ]) {
      const [name = "", search = ""] = path.split("?");
      const { screen, id, query } = addressOf(name, search);
      expect(pathTo(screen, id, query)).toBe(path);
    }
  });

  it("leave out what is not said", () => {
    expect(pathTo("orders", "", { status: "", before: undefined, sku_id: "sku_1" })).toBe(
      "/console/orders?sku_id=sku_1",
    );
  });
});
