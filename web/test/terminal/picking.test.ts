import { describe, expect, it } from "vitest";
import { after, currentLine, judge, startPicking, withWaiting, type Picking } from "../../terminal/picking";
import { leftOf, progressOf } from "../../terminal/tasks";
import { line, task } from "./sample_tasks";

const two = () => startPicking(task(line("B-02", "222", 1), line("A-10", "111", 2), line("A-9", "333", 1)));
const at = (picking: Picking, bin: string): Picking => after(picking, judge(picking, bin));

describe("picking", () => {
  it("goes through the bins in the order in which they stand", () => {
    expect(currentLine(two())?.bin).toBe("A-9");
    expect(currentLine(at(two(), "B-02"))?.bin).toBe("B-02");
  });

  it("wants the bin first and then the goods", () => {
    const early = judge(two(), "111");
    expect(early.kind).toBe("bin_first");
    const there = at(two(), "a-10");
    expect(there.bin).toBe("A-10");
    const picked = judge(there, "111");
    expect(picked).toMatchObject({ kind: "picked", scan: { bin: "A-10", barcode: "111", quantity: 1 } });
  });

  it("stays at the bin until another is scanned", () => {
    let now = at(two(), "A-10");
    now = after(now, judge(now, "111"));
    expect(now.bin).toBe("A-10");
    now = after(now, judge(now, "111"));
    expect(progressOf(now.task).left).toBe(2);
    expect(judge(now, "111").kind).toBe("enough");
    expect(judge(now, "A-10").kind).toBe("bin_done");
    expect(currentLine(now)?.bin).toBe("A-9");
  });

  it("takes the stated number at once and counts one by one again after it", () => {
    const there = { ...at(two(), "A-10"), count: 2 };
    const now = after(there, judge(there, "111"));
    expect(now.count).toBe(1);
    expect(now.task.lines.find((other) => other.bin === "A-10")?.picked).toBe(2);
    expect(judge({ ...at(two(), "A-10"), count: 3 }, "111")).toMatchObject({ kind: "too_many", left: 2 });
  });

  it.each([
    ["goods of another bin", "B-02", "111", "other_bin"],
    ["goods that nobody asked for", "A-10", "999", "wrong_goods"],
    ["a bin that is not in the task", "A-10", "Z-99-1", "unknown_bin"],
  ])("refuses %s and changes nothing", (_, bin, code, kind) => {
    const there = at(two(), bin);
    const result = judge(there, code);
    expect(result.kind).toBe(kind);
    expect(after(there, result)).toEqual(there);
  });

  it("finds the bin where goods lie that are in several", () => {
    const spread = startPicking(task(line("A-1", "111", 1), line("A-2", "111", 1)));
    let now = at(spread, "A-2");
    now = after(now, judge(now, "111"));
    expect(judge(now, "111")).toMatchObject({ kind: "other_bin", bin: "A-1" });
    now = after(now, judge(now, "A-1"));
    expect(judge(now, "111").kind).toBe("picked");
  });

  it("knows goods without a barcode by their number, and codes with a scanner's prefix", () => {
    const there = at(two(), "A-10");
    expect(judge(there, "sku_111").kind).toBe("picked");
    expect(judge(there, "]E0111").kind).toBe("picked");
  });

  it("knows goods by their GTIN, whatever stands beside it", () => {
    const there = at(startPicking(task(line("A-10", "036000291452", 9))), "A-10");
    for (const code of [
      "0036000291452",
      "]E000036000291452",
      "]d20100036000291452211\u001d91A",
      "(01)00036000291452",
    ])
      expect(judge(there, code).kind, code).toBe("picked");
    for (const code of ["36000291452", "036000291453", "0100036000291453"])
      expect(judge(there, code).kind, code).toBe("wrong_goods");
  });

  it("does nothing to a closed task", () => {
    expect(judge({ ...two(), task: { ...two().task, status: "cancelled" } }, "A-9").kind).toBe("closed");
  });

  it("counts in what waits for the connection", () => {
    const known = task(line("A-1", "111", 3, 1));
    const waits = { bin: "A-1", barcode: "111", quantity: 1 };
    const seen = withWaiting(known, [waits], [waits]);
    expect(leftOf(seen.lines[0]!)).toBe(0);
    expect(progressOf(seen)).toEqual({ wanted: 3, picked: 2, missing: 1, left: 0 });
    expect(leftOf(known.lines[0]!)).toBe(2);
  });
});
