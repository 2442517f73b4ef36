// What a client's author writes with the types that are made of the documents: it compiles under `strict` only
// while they say enough, and it buys only while they are true.
import createClient from "openapi-fetch";
import type { paths as Ops } from "./made/ops.js";
import type { components, paths as Storefront } from "./made/storefront.js";

type Schemas = components["schemas"];

interface Shop {
  storefront: string;
  ops: string;
  phone: string;
  codeFor: (phone: string) => Promise<string>;
  staff: { login: string; password: string };
}

function the<T>(what: string, answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(`${what}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

// A set of words is a type of its own: a status that does not exist would not compile.
const over: Schemas["OrdersOrderStatus"][] = ["CANCELLED", "EXPIRED", "REFUNDED"];

export async function buy(shop: Shop): Promise<string> {
  const api = createClient<Storefront>({ baseUrl: shop.storefront });
  const challenge = the("code", await api.POST("/api/v1/auth/codes", { body: { phone: shop.phone } }));
  const code = await shop.codeFor(shop.phone);
  const signIn: Schemas["TokenRequest"] = {
    grant_type: "phone_code",
    challenge_id: challenge.challenge_id,
    code,
  };
  // @ts-expect-error A refresh token is asked for with another word.
  const mixed: Schemas["TokenRequest"] = { grant_type: "refresh_token", code };
  if ("challenge_id" in mixed) throw new Error("it has no challenge");
  const tokens = the("tokens", await api.POST("/api/v1/auth/tokens", { body: signIn }));
  const headers = { Authorization: `Bearer ${tokens.access_token}` };

  const found = the(
    "search",
    await api.GET("/api/v1/search", { params: { query: { in_stock: true, sort: "price_asc", limit: 5 } } }),
  );
  const [item] = found.items;
  if (item === undefined) throw new Error("nothing is on sale");
  const points = the(
    "points",
    await api.GET("/api/v1/pickup-points", {
      params: { query: { lat_lon: { lat: 55.75, lon: 37.62 }, limit: 1 } },
      querySerializer: { object: { style: "form", explode: true } },
    }),
  );
  const [point] = points.items;
  if (point === undefined) throw new Error("no pickup point is near");
  the(
    "cart",
    await api.PUT("/api/v1/cart/items/{sku_id}", {
      params: { path: { sku_id: item.sku_id } },
      body: { quantity: 1 },
      headers,
    }),
  );
  const order = the(
    "order",
    await api.POST("/api/v1/orders", {
      params: { header: { "Idempotency-Key": crypto.randomUUID() } },
      body: {
        delivery: { type: "pickup", pickup_point_id: point.pickup_point_id },
        payment_method: { type: "card", token: "tok_ok" },
      },
      headers,
    }),
  );
  for (let status = order.status; status !== "PAID" && status !== "ASSEMBLING";) {
    if (over.includes(status)) throw new Error(`the order is ${status}`);
    await pause();
    const path = { order_id: order.order_id };
    status = the("status", await api.GET("/api/v1/orders/{order_id}", { params: { path }, headers })).status;
  }
  return order.order_id;
}

// The task that a worker gets for the order.
export async function findTask(shop: Shop, orderId: string): Promise<string> {
  const api = createClient<Ops>({ baseUrl: shop.ops });
  const tokens = the(
    "staff",
    await api.POST("/api/v1/auth/tokens", { body: { grant_type: "password", ...shop.staff } }),
  );
  const headers = { Authorization: `Bearer ${tokens.access_token}` };
  for (;;) {
    const query = { order_id: orderId, type: "pick", status: "open" } as const;
    const tasks = the("tasks", await api.GET("/api/v1/warehouse/tasks", { params: { query }, headers }));
    const [task] = tasks.items;
    if (task !== undefined) return task.task_id;
    await pause();
  }
}
