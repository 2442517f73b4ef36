import { expect, test } from "vitest";
import { type Operation, requestOf } from "../api/operation";
import * as ops from "../made/api/ops";
import * as storefront from "../made/api/storefront";

test("fields of the path go into the path, others into the query", () => {
  const operation: Operation<{ site_id: string; q?: string; tags?: string[] }, void> = {
    method: "GET",
    path: "/sites/{site_id}/bins",
  };
  expect(requestOf(operation, { site_id: "a/b", q: "", tags: ["x", "y z"] })).toEqual({
    method: "GET",
    path: "/sites/a%2Fb/bins?tags=x&tags=y+z",
  });
  expect(requestOf(operation, { site_id: "a" })).toEqual({ method: "GET", path: "/sites/a/bins" });
});

test("what is not in the path is the body of an operation with a body", () => {
  const request = requestOf(storefront.putCartItem, { sku_id: "sku_1", quantity: 2 });
  expect(request).toEqual({ method: "PUT", path: "/api/v1/cart/items/sku_1", body: { quantity: 2 } });
});

test("an operation without fields takes nothing", () => {
  expect(requestOf(ops.session, undefined)).toEqual({ method: "GET", path: "/session" });
});
