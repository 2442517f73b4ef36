import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it } from "vitest";
import { OutdatedLabels } from "../../terminal/LabelNotice";
import {
  isPrintOutdated,
  labelOn,
  noteOutdated,
  notePrinted,
  outdatedLabels,
  printedLabels,
} from "../../terminal/labels";
import type { Task } from "../../terminal/tasks";
import { route } from "../../terminal/route";
import { site } from "../../terminal/work";
import { line, task } from "./sample_tasks";

const numbered = (of: number, label_outdated = false): Task => ({
  ...task(line("A-1", "111", 1, 1)),
  parcel: { number: 1, of, label: `1/${of}`, label_outdated },
});

describe("what is printed", () => {
  beforeEach(() => {
    printedLabels.set([]);
    outdatedLabels.set([]);
  });

  it("is kept by the parcel's code", () => {
    notePrinted(numbered(2), "BP1");
    expect(labelOn(numbered(1), "BP1")).toEqual({ label: "1/2" });
    expect(labelOn(numbered(1), "BAG-1")).toEqual({ label: "" });
    expect(labelOn({ ...numbered(1), task_id: "tsk_2" }, "BP1")).toEqual({ label: "" });
    notePrinted(numbered(1), "BP1");
    expect(labelOn(numbered(1), "BP1")).toEqual({ label: "1/1" });
    expect(localStorage.getItem("staff.printed_labels")).toContain("1/1");
  });

  it("leaves it to the server where an older server did not say what the label says", () => {
    notePrinted(task(line("A-1", "111", 1, 1)), "BP1");
    expect(labelOn(numbered(1), "BP1")).toEqual({});
  });

  it("is out of date once another total is known", () => {
    notePrinted(numbered(2), "BP1");
    expect(isPrintOutdated(numbered(2), "BP1")).toBe(false);
    expect(isPrintOutdated(numbered(0), "BP1")).toBe(false);
    expect(isPrintOutdated(numbered(1), "BP1")).toBe(true);
    expect(isPrintOutdated(numbered(1), "BAG-1")).toBe(false);
  });

  it("is remembered as out of date until it is printed again", () => {
    noteOutdated(numbered(1, true));
    noteOutdated(numbered(1, true));
    expect(outdatedLabels.value).toEqual([{ task_id: "tsk_1", order_id: "ord_1", site_id: "site_1" }]);
    noteOutdated(numbered(1));
    expect(outdatedLabels.value).toEqual([]);
  });

  it("is told of between tasks, at the parcel's own site", async () => {
    const root = document.createElement("div");
    site.set("site_2");
    await act(() => render(<OutdatedLabels />, root));
    await act(() => noteOutdated(numbered(1, true)));
    expect(root.textContent).toBe("");
    await act(() => site.set("site_1"));
    expect(root.textContent).toContain("ORD_1");
    await act(() => root.querySelector("button")!.click());
    expect(route.value).toEqual({ screen: "task", id: "tsk_1" });
    render(null, root);
  });
});
