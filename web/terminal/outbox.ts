// What the worker did and the server has yet to hear, in its order: scans, short picks, parcels, receipts. One is
// sent at a time and again until it is answered; each carries an id, so that hearing it twice does no harm. It
// outlives the page and is bounded: when it is full, nothing more is taken.
import { Refusal, Trouble } from "../staff/api";

export type Deed = "take" | "release" | "scan" | "short" | "complete" | "receipt" | "undo";

export interface Item {
  id: string; // scan_id, short_id, receipt_id, the parcel's barcode, or the task's own
  deed: Deed;
  path: string;
  body: Record<string, unknown>;
  subject: string; // the task it is about; empty for receipts
}

export type Answer =
  { item: Item; kind: "done"; reply: unknown } | { item: Item; kind: "refused"; refusal: Refusal };

export interface OutboxState {
  items: readonly Item[];
  stuck: boolean; // the last attempt got no answer
}

export interface OutboxWorld {
  send(item: Item): Promise<unknown>;
  load(): Item[];
  save(items: readonly Item[]): void;
  wait(ms: number): { promise: Promise<void>; cancel: () => void };
}

export const mostItems = 200;
const firstPauseMs = 500;
const longestPauseMs = 10_000;

export class Outbox {
  private items: Item[];
  private stuck = false;
  private paused = false;
  private sending = false;
  private wake: () => void = () => undefined;
  private readonly listeners = new Set<(state: OutboxState) => void>();
  private readonly answered = new Set<(answer: Answer) => void>();

  constructor(private readonly world: OutboxWorld) {
    this.items = world.load().slice(0, mostItems);
  }

  get state(): OutboxState {
    return { items: this.items, stuck: this.stuck };
  }

  // False: it is full, and nothing was taken.
  put(item: Item): boolean {
    if (this.items.length >= mostItems) return false;
    if (this.items.some((known) => known.deed === item.deed && known.id === item.id)) return true;
    this.change([...this.items, item], this.stuck);
    void this.run();
    return true;
  }

  about(subject: string): Item[] {
    return this.items.filter((item) => item.subject === subject);
  }

  // Tries at once: the network is back, somebody has signed in.
  nudge(): void {
    this.paused = false;
    this.wake();
    void this.run();
  }

  watch(listener: (state: OutboxState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onAnswer(listener: (answer: Answer) => void): () => void {
    this.answered.add(listener);
    return () => this.answered.delete(listener);
  }

  private async run(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    let pauseMs = firstPauseMs;
    while (this.items.length > 0 && !this.paused) {
      const item = this.items[0]!;
      try {
        const reply = await this.world.send(item);
        pauseMs = firstPauseMs;
        this.conclude({ item, kind: "done", reply });
      } catch (error) {
        if (error instanceof Refusal && error.status !== 401 && error.code !== "csrf") {
          pauseMs = firstPauseMs;
          this.conclude({ item, kind: "refused", refusal: error });
          // Goods whose scan was refused may lie in the bag: it is not closed before somebody has looked.
          const closing = this.items.find(
            (next) => next.deed === "complete" && next.subject === item.subject,
          );
          if (item.deed === "scan" && closing !== undefined)
            this.conclude({ item: closing, kind: "refused", refusal: error });
          continue;
        }
        this.change(this.items, true);
        // Nobody is signed in: it waits for somebody.
        if (error instanceof Refusal) this.paused = true;
        else await this.pause(Math.max(pauseMs, error instanceof Trouble ? error.retryAfterMs : 0));
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
    }
    this.sending = false;
  }

  private async pause(ms: number): Promise<void> {
    const { promise, cancel } = this.world.wait(ms);
    await Promise.race([promise, new Promise<void>((resolve) => (this.wake = resolve))]);
    cancel();
  }

  // Who follows a task hears the answer before the item is gone from the queue's state: it is never in neither.
  private conclude(answer: Answer): void {
    this.items = this.items.filter((item) => item !== answer.item);
    this.world.save(this.items);
    for (const listener of this.answered) listener(answer);
    this.change(this.items, false);
  }

  private change(items: Item[], stuck: boolean): void {
    const news = items !== this.items;
    this.items = items;
    this.stuck = stuck;
    if (news) this.world.save(items);
    for (const listener of this.listeners) listener(this.state);
  }
}
