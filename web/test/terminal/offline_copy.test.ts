import { beforeEach, describe, expect, it } from "vitest";
import {
  fetchAndSaveTasks,
  saveSites,
  saveTask,
  saveSession,
  loadSavedSites,
  loadTask,
  loadTasks,
  loadSavedSession,
} from "../../terminal/offline_copy";
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
  fetchAndSaveTasks(
    "msk",
    async () => ({ items, total: items.length }),
    (id) => waiting.includes(id),
  );

describe("what the terminal keeps for a reload without a connection", () => {
  beforeEach(() => {
    saveSession(undefined);
    saveSession(vera);
  });

  it("lets the worker in again, without a token of the session", () => {
    expect(loadSavedSession()).toEqual({ ...vera, csrf_token: "" });
    expect(JSON.stringify({ ...localStorage })).not.toContain("secret");
  });

  it("goes when the worker goes, and is nobody else's", async () => {
    saveSites([{ site_id: "msk", title: "Moscow", type: "warehouse" }]);
    await read([first]);
    saveSession({ ...vera, user_id: "usr_boris" });
    expect([loadSavedSites(), loadTasks("msk"), loadTask("tsk_1")]).toEqual([[], undefined, undefined]);
    saveSession(undefined);
    expect(loadSavedSession()).toBeUndefined();
    await read([first]);
    saveTask(first);
    expect(loadTask("tsk_1")).toBeUndefined();
  });

  it("has the open tasks of the site, and the task that was open", async () => {
    await read([first]);
    saveTask(second);
    expect(loadTasks("msk")).toEqual({ items: [first], total: 1 });
    expect(loadTasks("spb")).toBeUndefined();
    expect(loadTask("tsk_1")).toEqual(first);
    expect(loadTask("tsk_2")).toEqual(second);
  });

  it("follows a task as it is picked and takes a packed one off the list", async () => {
    await read([first, second]);
    saveTask(picked(first));
    expect(loadTasks("msk")?.items[0]).toEqual(picked(first));
    saveTask({ ...first, status: "done" });
    expect(loadTasks("msk")).toEqual({ items: [second], total: 1 });
  });

  it("does not take a list that was asked for before a task changed", async () => {
    await read([first]);
    let answer = (_: { items: Task[]; total: number }): void => undefined;
    const slow = fetchAndSaveTasks(
      "msk",
      () => new Promise((resolve) => (answer = resolve)),
      () => false,
    );
    saveTask(picked(first));
    answer({ items: [first], total: 1 });
    await slow;
    expect(loadTask("tsk_1")).toEqual(picked(first));
  });

  it("keeps a task with waiting actions as it was before them", async () => {
    await read([first]);
    const page = await read([picked(first)], ["tsk_1"]);
    expect(page.items).toEqual([first]);
    expect(loadTask("tsk_1")).toEqual(first);
  });
});
