// What pages are to bear besides what the demo has: far too long, nothing, a server that fails, one that never
// answers, and rows that a healthy instance does not have.

const long = {
  word: "Сверхдлинноеназваниебезпробелов".repeat(4),
  text: "Очень длинное название, which goes on and on in two languages, ".repeat(6),
};
const longBin = "-LONG-BIN-NAME-0123456789";
// Texts that people or other systems wrote.
const words = new Set(["title", "name", "login", "bin", "module", "account", "part", "provider", "by_whom"]);
const texts = new Set(["message", "last_error", "detail", "reason", "payload", "decline_reason"]);

function stretched(value, key = "") {
  if (Array.isArray(value)) return value.map((one) => stretched(one, key));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, stretched(one, name)]));
  }
  if (typeof value !== "string") return value;
  if (words.has(key)) return `${value}${key === "bin" ? longBin : long.word}`;
  if (texts.has(key) || key === "Цвет" || key === "Colour") return long.text + long.word;
  return value;
}

const emptied = (answer) => (Array.isArray(answer.items) ? { ...answer, items: [], total: 0 } : answer);

const long_ago = "2026-01-02T03:04:05.678Z";
const letter = {
  module: "payments",
  kind: "job",
  id: "job_01HZX",
  type: "payments.EndAtBank",
  key: "ord_01HZXAAAAAAAAAAAAAAAAAAAAA",
  attempts: 12,
  last_error: "the bank answered 503",
  dead_at: long_ago,
};
const samples = {
  "/api/v1/dead-letters": { items: [letter] },
  "/api/v1/dead-letters/detail": {
    letter,
    payload: '{"order_id":"ord_01HZX"}',
    trace_id: "0af7651916cd43dd",
  },
  "/api/v1/suspense": {
    items: [
      {
        account: "suspense:late_payment",
        order_id: letter.key,
        balance: { amount_minor: 1_234_500, currency: "RUB" },
        since: long_ago,
      },
    ],
    more: false,
  },
};

function hangingOf(orders) {
  const verdict = {
    waits_for: "DEAD_LETTER",
    since: long_ago,
    attempts: 3,
    last_error: "the bank answered 503",
    late: true,
    dead_letters: [],
    done: 1,
    total: 2,
    failing: [],
  };
  return { items: orders.items.map((order) => ({ order, verdict })) };
}

// Rows where the instance has none, made of what it has.
async function filled(route, path, answer) {
  if (samples[path] !== undefined) return samples[path];
  if (path !== "/api/v1/hanging-orders" || answer.items.length > 0) return answer;
  const orders = new URL("/api/v1/orders?limit=25", route.request().url()).href;
  return hangingOf(await (await route.fetch({ url: orders })).json());
}

export const kinds = ["full", "overlong", "empty", "failing", "loading"];

// The API answers the people of `context` in this way from now on.
export async function answering(context, kind) {
  await context.unrouteAll({ behavior: "ignoreErrors" });
  await context.route("**/api/v1/**", async (route) => {
    const path = new URL(route.request().url()).pathname;
    // Nothing can be done before it is known where, so this is always told.
    if (path.endsWith("/warehouse/sites") && kind !== "overlong") return route.continue();
    const isRead = route.request().method() === "GET";
    if (kind === "loading" && isRead) return;
    if (kind === "failing" && isRead) return route.fulfill({ status: 503, body: "{}" });
    try {
      // The server knows the bin by its own name.
      const sent = route.request().postData()?.replaceAll(longBin, "");
      const response = await route.fetch(sent === undefined ? {} : { postData: sent });
      const text = await response.text();
      if (kind === "empty" && isRead)
        return await route.fulfill({
          response,
          json: emptied(JSON.parse(text)),
        });
      if (!isRead && kind !== "overlong") return await route.fulfill({ response, body: text });
      const answer = isRead ? await filled(route, path, JSON.parse(text)) : JSON.parse(text || "{}");
      const sampled = samples[path] !== undefined ? { status: 200 } : { response };
      await route.fulfill({
        ...sampled,
        json: kind === "overlong" ? stretched(answer) : answer,
      });
    } catch {
      // The page went on, or it is over.
      await route.abort().catch(() => undefined);
    }
  });
}

// On a page that came from the server whole: the same, in the places that `selector` finds.
export function stretchWords(page, selector) {
  return page.evaluate(
    ([where, word]) => {
      for (const found of document.querySelectorAll(where)) found.append(` ${word}`);
    },
    [selector, long.word],
  );
}

// Goods as a careless seller writes them, for `bramble import products`.
export function carelessGoods() {
  return [1, 2, 3].map((number) => ({
    source: `seller${long.word}`,
    id: `long-${number}`,
    title: (number === 1 ? long.word.repeat(3) : long.text.repeat(2)).slice(0, 480),
    price_minor: 99_999_999_900,
    old_price_minor: 199_999_999_900,
    category_path: [long.word.slice(0, 120), long.text.slice(0, 120)],
    brand: `B${long.word}${long.word}`.slice(0, 250),
    description: long.text.repeat(10) + long.word.repeat(3),
    rating: 4.9,
    reviews_count: 123_456_789,
    attributes: { [long.word]: long.word, [long.text]: long.text, short: "1" },
  }));
}
