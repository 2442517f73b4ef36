import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { outdatedLabels, printedLabels } from "../../terminal/labels";
import { toast } from "../../terminal/toast";
import { TaskScreen } from "../../terminal/TaskScreen";
import type { Task, TaskWorker } from "../../terminal/tasks";
import { session, theOutbox } from "../../terminal/work";
import { line, task } from "./sample_tasks";

const now = new Date().toISOString();
const vera: TaskWorker = { user_id: "usr_vera", name: "vera", since: now, active_at: now };

// The ops gateway, as far as a task needs it.
class Gateway {
  known: Task = task(line("A-1", "111111", 2), line("B-2", "222222", 1));
  posts: string[] = [];
  labels: unknown[] = []; // of completions
  printed = "";
  total = 2; // of the order's parcels
  down = false;
  holder: TaskWorker | undefined = undefined;
  refuse: Record<string, string> = {}; // by barcode: the code of the problem

  answer(method: string, path: string, body: Record<string, unknown>): Response {
    if (this.down) throw new TypeError("Failed to fetch");
    if (method === "POST")
      this.posts.push(
        [path.split("/").pop(), body.barcode ?? body.package_barcode].filter(Boolean).join(" "),
      );
    const refused = this.refuse[String(body.barcode ?? body.package_barcode)];
    if (method === "POST" && refused !== undefined) return this.problem(refused);
    if (path.endsWith("/take")) {
      if (this.holder !== undefined && body.take_over !== true) return this.problem("task_taken");
      this.holder = { user_id: session.value!.user_id, name: "me", since: now, active_at: now };
    }
    if (path.endsWith("/release")) this.holder = undefined;
    const { worker: _, ...task } = this.known;
    this.known = this.holder === undefined ? task : { ...task, worker: this.holder };
    if (path.endsWith("/scans")) this.pick(body);
    if (path.endsWith("/complete")) {
      this.labels.push(body.label);
      if (this.known.status === "open" || body.label === `1/${this.total}`) this.printed = String(body.label);
      this.known = { ...this.known, status: "done", package_barcode: String(body.package_barcode) };
    }
    const label = `1/${this.total}`;
    const label_outdated = this.known.status === "done" && this.printed !== "" && this.printed !== label;
    this.known = { ...this.known, parcel: { number: 1, of: this.total, label, label_outdated } };
    return new Response(JSON.stringify(this.known));
  }

  private problem(code: string): Response {
    return new Response(JSON.stringify({ code, detail: "no", worker: this.holder }), { status: 409 });
  }

  private pick(scan: Record<string, unknown>): void {
    const lines = this.known.lines.map((known) =>
      known.barcode === scan.barcode ? { ...known, picked: known.picked + Number(scan.quantity) } : known,
    );
    this.known = { ...this.known, lines };
  }
}

describe("a task on the screen", () => {
  let gateway: Gateway;
  let root: HTMLElement;
  let at = 0;
  const print = vi.fn();

  const settle = (): Promise<void> =>
    act(async () => void (await new Promise((done) => setTimeout(done, 5)))) as never;
  const find = (name: string): HTMLElement | null => root.querySelector(`[data-testid="${name}"]`);

  async function scan(code: string): Promise<void> {
    at += 1_000;
    for (const key of [...code, "Enter"]) {
      const place = /[0-9]/.test(key)
        ? `Digit${key}`
        : key === "-"
          ? "Minus"
          : key.length === 1
            ? `Key${key}`
            : key;
      const shiftKey = /^[A-Z]$/.test(key);
      const event = new KeyboardEvent("keydown", {
        key,
        code: place,
        shiftKey,
        bubbles: true,
        cancelable: true,
      });
      Object.defineProperty(event, "timeStamp", { value: (at += 8) });
      document.body.dispatchEvent(event);
    }
    await settle();
  }

  beforeEach(async () => {
    localStorage.clear();
    printedLabels.set([]);
    outdatedLabels.set([]);
    gateway = new Gateway();
    vi.stubGlobal("fetch", async (path: string, init: RequestInit) =>
      gateway.answer(init.method ?? "GET", path, init.body ? JSON.parse(String(init.body)) : {}),
    );
    vi.stubGlobal("print", print.mockReset());
    Element.prototype.scrollTo = () => undefined;
    const user_id = `usr_${Math.random()}`;
    session.set({ signed_in: true, user_id, roles: ["warehouse"], csrf_token: "x" });
    root = document.createElement("div");
    document.body.append(root);
    await act(() => render(<TaskScreen id="tsk_1" />, root));
    await settle();
  });
  afterEach(() => {
    act(() => render(null, root));
    root.remove();
    vi.unstubAllGlobals();
  });

  it("goes from the first bin to the parcel", async () => {
    expect(find("current-line")?.dataset.bin).toBe("A-1");
    await scan("111111");
    expect(toast.value.kind).toBe("wrong");
    await scan("A-1");
    await scan("111111");
    await scan("111111");
    expect(find("current-line")?.dataset.bin).toBe("B-2");
    await scan("B-2");
    await scan("222222");
    expect(toast.value.kind).toBe("finished");
    expect(find("packing")).not.toBeNull();
    await scan("222222");
    expect(toast.value.kind).toBe("wrong");
    await scan("C-3");
    expect(toast.value.kind).toBe("wrong");
    await scan("PKG-7-1");
    expect(find("packed")).not.toBeNull();
    expect(gateway.posts).toEqual([
      "take",
      "scans 111111",
      "scans 111111",
      "scans 222222",
      "complete PKG-7-1",
    ]);
  });

  it("goes on without a connection, and sends everything in order when it is back", async () => {
    gateway.down = true;
    await scan("A-1");
    await scan("111111");
    await scan("111111");
    await scan("B-2");
    await scan("222222");
    expect(find("packing")).not.toBeNull();
    expect(theOutbox().state).toMatchObject({ stuck: true });
    gateway.down = false;
    theOutbox().nudge();
    await settle();
    expect(gateway.posts).toEqual(["take", "scans 111111", "scans 111111", "scans 222222"]);
    expect(theOutbox().state.items).toEqual([]);
    expect(find("packing")).not.toBeNull();
  });

  it("takes the server's word against its own", async () => {
    await scan("A-1");
    gateway.refuse["111111"] = "wrong_goods";
    await scan("111111");
    await settle();
    expect(toast.value.kind).toBe("wrong");
    expect(find("left")?.textContent).toContain("2");
  });

  it("asks for another code when the parcel's is taken", async () => {
    gateway.known = task(line("A-1", "111111", 1, 1));
    gateway.refuse.PKG7 = "package_taken";
    act(() => render(null, root));
    await act(() => render(<TaskScreen id="tsk_1" />, root));
    await settle();
    await scan("PKG7");
    expect(toast.value.kind).toBe("wrong");
    expect(find("packing")).not.toBeNull();
    await scan("PKG8");
    expect(find("packed")?.textContent).toContain("PKG8");
  });

  const press = async (name: string): Promise<void> => {
    await act(() => find(name)!.click());
    await settle();
    await settle();
  };

  async function show(): Promise<void> {
    act(() => render(null, root));
    await act(() => render(<TaskScreen id="tsk_1" />, root));
    await settle();
  }

  async function packWithLabel(): Promise<void> {
    gateway.known = task(line("A-1", "111111", 1, 1));
    await show();
    await press("new-label");
    await vi.waitFor(() => expect(print).toHaveBeenCalledOnce());
    await settle();
  }

  it("says which label a parcel has, and that a bag with a code of its own has none", async () => {
    await packWithLabel();
    await press("complete");
    expect(gateway.labels).toEqual(["1/2"]);
    expect(find("label-outdated")).toBeNull();
    gateway.known = task(line("A-1", "111111", 1, 1));
    await show();
    await scan("BAG-7-1");
    expect(gateway.labels).toEqual(["1/2", ""]);
  });

  it("has a label printed again that is out of date, and reports it", async () => {
    await packWithLabel();
    gateway.total = 1;
    await press("complete");
    expect(gateway.labels).toEqual(["1/2"]);
    expect(toast.value.kind).toBe("noted");
    expect(find("label-outdated")).not.toBeNull();
    expect(outdatedLabels.value.map((one) => one.task_id)).toEqual(["tsk_1"]);
    await press("reprint-label");
    await vi.waitFor(() => expect(print).toHaveBeenCalledTimes(2));
    await settle();
    expect(gateway.labels).toEqual(["1/2", "1/1"]);
    const [first, again] = gateway.posts.filter((post) => post.startsWith("complete"));
    expect(again).toBe(first);
    expect(find("label-outdated")).toBeNull();
    expect(outdatedLabels.value).toEqual([]);
    await press("print-label");
    expect(print).toHaveBeenCalledTimes(3);
    expect(gateway.labels).toHaveLength(2);
  });

  it("keeps what was printed, and the reprint, for when the connection is back", async () => {
    await packWithLabel();
    gateway.total = 1;
    gateway.down = true;
    await press("complete");
    expect(find("completing")).not.toBeNull();
    gateway.down = false;
    theOutbox().nudge();
    await settle();
    expect(gateway.labels).toEqual(["1/2"]);
    gateway.down = true;
    await press("reprint-label");
    await vi.waitFor(() => expect(print).toHaveBeenCalledTimes(2));
    await settle();
    expect(find("label-outdated")).toBeNull();
    expect(theOutbox().state.items).toHaveLength(1);
    gateway.down = false;
    theOutbox().nudge();
    await settle();
    expect(gateway.labels).toEqual(["1/2", "1/1"]);
    expect(find("label-outdated")).toBeNull();
  });

  it("reports a label that a bag gets after it was packed", async () => {
    gateway.known = task(line("A-1", "111111", 1, 1));
    await show();
    await scan("BAG-7-1");
    await press("print-label");
    await vi.waitFor(() => expect(print).toHaveBeenCalledOnce());
    await settle();
    expect(gateway.labels).toEqual(["", "1/2"]);
  });

  it("says so when the task was cancelled meanwhile", async () => {
    gateway.known = { ...gateway.known, status: "cancelled" };
    act(() => render(null, root));
    await act(() => render(<TaskScreen id="tsk_1" />, root));
    await settle();
    expect(find("task-cancelled")).not.toBeNull();
  });

  it("says who has the task, and lets nobody else work on it", async () => {
    gateway.holder = vera;
    await scan("A-1");
    expect(toast.value.kind).toBe("wrong");
    expect(toast.value.title).toContain("vera");
    await settle();
    expect(find("task-taken")?.textContent).toContain("vera");
    expect(find("picking")).toBeNull();
    expect(find("take-over")).toBeNull();
  });

  it("lets a supervisor take a colleague's task over", async () => {
    session.set({ ...session.value!, roles: ["warehouse", "supervisor"] });
    gateway.holder = vera;
    await scan("A-1");
    await settle();
    await act(() => find("take-over")!.click());
    await settle();
    expect(find("task-taken")).toBeNull();
    expect(find("picking")).not.toBeNull();
    expect(gateway.holder?.name).toBe("me");
  });

  it("gives a task back", async () => {
    await scan("A-1");
    await act(() => find("release")!.click());
    await settle();
    expect(gateway.posts).toEqual(["take", "release"]);
    expect(gateway.holder).toBeUndefined();
  });
});
