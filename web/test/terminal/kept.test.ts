import { beforeEach, describe, expect, it } from "vitest";
import {
  keepingTasks,
  keepSites,
  keepTask,
  keepWho,
  keptSites,
  keptTask,
  keptTasks,
  keptWho,
} from "../../terminal/kept";
import type { Task } from "../../terminal/tasks";
import { line, task } from "./sample_tasks";

const vera = {
  signed_in: true,
  user_id: "usr_vera",
  roles: ["warehouse"],
  site_id: "msk",
  csrf_token: "secret",
};
const first: Task = { ...task(line("A-1", "111", 2)), task_id: "tsk_1" };
const second: Task = { ...task(line("B-1", "222", 1)), task_id: "tsk_2" };
const picked = (from: Task): Task => ({ ...from, lines: from.lines.map((one) => ({ ...one, picked: 1 })) });
const read = (items: Task[], waiting: string[] = []) =>
  keepingTasks(
    "msk",
    async () => ({ items, total: items.length }),
    (id) => waiting.includes(id),
  );

describe("what the terminal keeps for a reload without a connection", () => {
  beforeEach(() => {
    keepWho(undefined);
    keepWho(vera);
  });

  it("lets the worker in again, without a token of the session", () => {
    expect(keptWho()).toEqual({ ...vera, csrf_token: "" });
    expect(JSON.stringify({ ...localStorage })).not.toContain("secret");
  });

  it("goes when the worker goes, and is nobody else's", async () => {
    keepSites([{ site_id: "msk", title: "Moscow", type: "warehouse" }]);
    await read([first]);
    keepWho({ ...vera, user_id: "usr_boris" });
    expect([keptSites(), keptTasks("msk"), keptTask("tsk_1")]).toEqual([[], undefined, undefined]);
    keepWho(undefined);
    expect(keptWho()).toBeUndefined();
    await read([first]);
    keepTask(first);
    expect(keptTask("tsk_1")).toBeUndefined();
  });

  it("has the open tasks of the site, and the task that was open", async () => {
    await read([first]);
    keepTask(second);
    expect(keptTasks("msk")).toEqual({ items: [first], total: 1 });
    expect(keptTasks("spb")).toBeUndefined();
    expect(keptTask("tsk_1")).toEqual(first);
    expect(keptTask("tsk_2")).toEqual(second);
  });

  it("follows a task as it is picked and takes a packed one off the list", async () => {
    await read([first, second]);
    keepTask(picked(first));
    expect(keptTasks("msk")?.items[0]).toEqual(picked(first));
    keepTask({ ...first, status: "done" });
    expect(keptTasks("msk")).toEqual({ items: [second], total: 1 });
  });

  it("does not take a list that was asked for before a task changed", async () => {
    await read([first]);
    let answer = (_: { items: Task[]; total: number }): void => undefined;
    const slow = keepingTasks(
      "msk",
      () => new Promise((resolve) => (answer = resolve)),
      () => false,
    );
    keepTask(picked(first));
    answer({ items: [first], total: 1 });
    await slow;
    expect(keptTask("tsk_1")).toEqual(picked(first));
  });

  it("keeps a task with waiting deeds as it was before them", async () => {
    await read([first]);
    const page = await read([picked(first)], ["tsk_1"]);
    expect(page.items).toEqual([first]);
    expect(keptTask("tsk_1")).toEqual(first);
  });
});
