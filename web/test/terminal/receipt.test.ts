import { describe, expect, it } from "vitest";
import {
  afterReceipt,
  emptyDraft,
  guess,
  mayBeBin,
  mostUnits,
  withBin,
  withGoods,
  withOneMore,
} from "../../terminal/receipt";

const goods = { sku_id: "sku_1", title: "Tea", options: {}, barcode: "4600000000011", image: "" };

describe("receiving", () => {
  it("tells bins from goods by how they look", () => {
    expect(guess(emptyDraft, "A-01-1")).toBe("bin");
    expect(guess(emptyDraft, "4600000000011")).toBe("goods");
    expect(guess(emptyDraft, "sku_9")).toBe("goods");
  });

  it("counts the goods that are scanned again", () => {
    const draft = withGoods(emptyDraft, goods);
    expect(guess(draft, "4600000000011")).toBe("same_goods");
    expect(guess(draft, "sku_1")).toBe("same_goods");
    expect(withOneMore(draft).quantity).toBe(2);
    expect(withOneMore({ ...draft, quantity: mostUnits }).quantity).toBe(mostUnits);
  });

  it("takes a bin of any name where no goods have it, once there are goods", () => {
    expect(mayBeBin(emptyDraft, "FLOOR7")).toBe(false);
    const draft = withGoods(emptyDraft, goods);
    expect(mayBeBin(draft, "FLOOR7")).toBe(true);
    expect(mayBeBin(draft, "4600000000028")).toBe(false);
    expect(mayBeBin(draft, "a bin")).toBe(false);
  });

  it("keeps the bin for the next receipt", () => {
    const draft = { ...withBin(withGoods(emptyDraft, goods), "a-1"), quantity: 5 };
    expect(afterReceipt(draft)).toEqual({ goods: null, bin: "A-1", quantity: 1 });
  });
});
