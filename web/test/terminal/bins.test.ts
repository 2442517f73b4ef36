import { describe, expect, it } from "vitest";
import { BinPlans } from "../../terminal/bins";

describe("bins of a site", () => {
  it("are those that its plans name", () => {
    const bins = new BinPlans(["{A..F}-{01..40}-{1..9}", "F-{1..12}", "DOCK.1"]);
    for (const bin of ["A-01-1", "F-40-9", "F-1", "F-12", "DOCK.1"]) expect(bins.has(bin), bin).toBe(true);
    for (const bin of ["G-01-1", "A-41-1", "A-1-1", "A-01-10", "F-01", "F-13", "DOCKX1", "A-01"])
      expect(bins.has(bin), bin).toBe(false);
  });

  it("are any where nobody has told them", () => {
    expect(new BinPlans([]).has("FLOOR7")).toBe(true);
  });
});
