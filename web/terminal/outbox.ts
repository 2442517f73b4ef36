// The queue of what the worker did and the server has not confirmed: scans, short picks, parcels, receipts. Items are sent
// in order, one at a time, until each is answered; each has an id, so a repeat is harmless. The queue survives a reload and
// is bounded: when it is full, it takes nothing more.
import { ApiError, ConnectionError } from "../staff/api";

export type Action = "take" | "release" | "scan" | "short" | "complete" | "receipt" | "undo";

export interface Item {
  id: string; // scan_id, short_id, receipt_id, the parcel's barcode, or the task's own
  action: Action;
  path: string;
  body: Record<string, unknown>;
  subject: string; // the task it is about; empty for receipts
}

// Versions up to 0.1 stored the action as `deed`: what such a version has not sent is sent by this one.
export function itemOf(stored: Item & { deed?: Action }): Item {
  const { deed, ...item } = stored;
  return deed === undefined ? item : { ...item, action: deed };
}

export type SentItem =
  { item: Item; kind: "done"; reply: unknown } | { item: Item; kind: "refused"; refusal: ApiError };

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
  private readonly answered = new Set<(answer: SentItem) => void>();

  constructor(private readonly world: OutboxWorld) {
    this.items = world.load().slice(0, mostItems);
  }

  get state(): OutboxState {
    return { items: this.items, stuck: this.stuck };
  }

  // Returns false if the queue is full.
  put(item: Item): boolean {
    if (this.items.length >= mostItems) return false;
    if (this.items.some((known) => known.action === item.action && known.id === item.id)) return true;
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

  onAnswer(listener: (answer: SentItem) => void): () => void {
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
        if (error instanceof ApiError && error.status !== 401 && error.code !== "csrf") {
          pauseMs = firstPauseMs;
          this.conclude({ item, kind: "refused", refusal: error });
          // Goods whose scan was refused may lie in the bag: it is not closed before somebody has looked.
          const closing = this.items.find(
            (next) => next.action === "complete" && next.subject === item.subject,
          );
          if (item.action === "scan" && closing !== undefined)
            this.conclude({ item: closing, kind: "refused", refusal: error });
          continue;
        }
        this.change(this.items, true);
        // Nobody is signed in: the queue waits for a sign-in.
        if (error instanceof ApiError) this.paused = true;
        else await this.pause(Math.max(pauseMs, error instanceof ConnectionError ? error.retryAfterMs : 0));
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

  // Listeners hear the answer before the item leaves the queue, so that it is always in one of the two.
  private conclude(answer: SentItem): void {
    this.items = this.items.filter((item) => item !== answer.item);
    this.world.save(this.items);
    for (const listener of this.answered) listener(answer);
    this.change(this.items, false);
  }

  private change(items: Item[], stuck: boolean): void {
    const changed = items !== this.items;
    this.items = items;
    this.stuck = stuck;
    if (changed) this.world.save(items);
    for (const listener of this.listeners) listener(this.state);
  }
}
