import { beforeEach, describe, expect, it } from "vitest";
import { ApiError, ConnectionError } from "../../staff/api";
import { itemOf, mostItems, Outbox, type SentItem, type Item, type OutboxWorld } from "../../terminal/outbox";

const item = (id: string, subject = "tsk_1"): Item => ({
  id,
  action: "scan",
  path: "/scans",
  body: { scan_id: id },
  subject,
});
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

class World implements OutboxWorld {
  kept: Item[] = [];
  sent: string[] = [];
  pauses: number[] = [];
  fate: (item: Item) => Promise<unknown> = async (sent) => ({ heard: sent.id });
  elapse: () => void = () => undefined;

  send(sent: Item): Promise<unknown> {
    this.sent.push(sent.id);
    return this.fate(sent);
  }
  load(): Item[] {
    return this.kept;
  }
  save(items: readonly Item[]): void {
    this.kept = [...items];
  }
  wait(ms: number) {
    this.pauses.push(ms);
    const promise = new Promise<void>((resolve) => (this.elapse = resolve));
    return { promise, cancel: () => undefined };
  }
}

describe("the outbox", () => {
  let world: World;
  let answers: SentItem[];
  const open = (): Outbox => {
    const outbox = new Outbox(world);
    outbox.onAnswer((answer) => answers.push(answer));
    return outbox;
  };
  const trouble = async (): Promise<never> => {
    throw new ConnectionError("no connection");
  };

  beforeEach(() => {
    world = new World();
    answers = [];
  });

  it("does not close a bag after a scan that was refused", async () => {
    world.fate = async (sent) => {
      if (sent.id === "b") throw new ApiError(409, "wrong_goods", "0 are left to pick", "req_1");
      return {};
    };
    const outbox = open();
    outbox.put(item("a"));
    outbox.put(item("b"));
    outbox.put({ ...item("PKG-1"), action: "complete" });
    outbox.put({ ...item("PKG-2", "tsk_2"), action: "complete" });
    await settle();
    expect(answers.map((answer) => `${answer.kind} ${answer.item.id}`)).toEqual([
      "done a",
      "refused b",
      "refused PKG-1",
      "done PKG-2",
    ]);
    expect(world.sent).toEqual(["a", "b", "PKG-2"]);
  });

  it("sends in order, one at a time, and tells each answer", async () => {
    const outbox = open();
    let free: (value: unknown) => void = () => undefined;
    world.fate = () => new Promise((resolve) => (free = resolve));
    outbox.put(item("a"));
    outbox.put(item("b"));
    await settle();
    expect(world.sent).toEqual(["a"]);
    free({});
    await settle();
    expect(world.sent).toEqual(["a", "b"]);
    free({});
    await settle();
    expect(answers.map((answer) => `${answer.kind} ${answer.item.id}`)).toEqual(["done a", "done b"]);
    expect(world.kept).toEqual([]);
  });

  it("tries again with longer pauses until it is answered, and keeps the order", async () => {
    const outbox = open();
    world.fate = trouble;
    outbox.put(item("a"));
    outbox.put(item("b"));
    for (let i = 0; i < 3; ++i) {
      await settle();
      world.elapse();
    }
    await settle();
    expect(world.sent).toEqual(["a", "a", "a", "a"]);
    expect(world.pauses).toEqual([500, 1000, 2000, 4000]);
    expect(outbox.state).toMatchObject({ stuck: true });
    world.fate = async () => ({});
    outbox.nudge();
    await settle();
    expect(world.sent.slice(4)).toEqual(["a", "b"]);
    expect(outbox.state).toEqual({ items: [], stuck: false });
  });

  it("waits as long as the server asks for", async () => {
    const outbox = open();
    world.fate = async () => {
      throw new ConnectionError("too many", 7_000);
    };
    outbox.put(item("a"));
    await settle();
    expect(world.pauses).toEqual([7_000]);
  });

  it("tells a refusal and goes on with the next", async () => {
    const outbox = open();
    world.fate = async (sent) => {
      if (sent.id === "a") throw new ApiError(409, "wrong_goods", "not these", "req_1");
      return {};
    };
    outbox.put(item("a"));
    outbox.put(item("b"));
    await settle();
    expect(answers.map((answer) => answer.kind)).toEqual(["refused", "done"]);
  });

  it("keeps everything when nobody is signed in any more, and sends it after signing in", async () => {
    const outbox = open();
    world.fate = async () => {
      throw new ApiError(401, "unauthenticated", "", "");
    };
    outbox.put(item("a"));
    await settle();
    expect(outbox.state.items).toHaveLength(1);
    expect(answers).toEqual([]);
    world.fate = async () => ({});
    outbox.nudge();
    await settle();
    expect(answers).toHaveLength(1);
  });

  it("sends what an older version stored", () => {
    const { action, ...rest } = item("scan-1");
    expect(itemOf({ ...rest, deed: action } as unknown as Item)).toEqual(item("scan-1"));
  });

  it("takes the same action once", async () => {
    const outbox = open();
    world.fate = trouble;
    expect(outbox.put(item("a"))).toBe(true);
    expect(outbox.put(item("a"))).toBe(true);
    expect(outbox.state.items).toHaveLength(1);
  });

  it("takes no more than it has room for", () => {
    const outbox = open();
    world.fate = trouble;
    for (let i = 0; i < mostItems; ++i) expect(outbox.put(item(`s${i}`))).toBe(true);
    expect(outbox.put(item("one too many"))).toBe(false);
  });

  it("goes on after the page was loaded again", async () => {
    world.kept = [item("a"), item("b", "tsk_2")];
    const outbox = open();
    expect(outbox.about("tsk_2")).toHaveLength(1);
    outbox.nudge();
    await settle();
    expect(world.sent).toEqual(["a", "b"]);
  });

  it("is never without a scan whose answer nobody has heard", async () => {
    const outbox = open();
    const seen: string[] = [];
    outbox.onAnswer(() => seen.push("answer"));
    outbox.watch((state) => seen.push(`items ${state.items.length}`));
    outbox.put(item("a"));
    await settle();
    expect(seen).toEqual(["items 1", "answer", "items 0"]);
  });
});
