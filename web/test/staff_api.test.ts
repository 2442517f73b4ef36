import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, ApiError, ConnectionError, useCsrfToken, whenSignedOut, withQuery } from "../staff/api";
import { newId } from "../staff/device";
import { failureTextOf, isOffline } from "../staff/failures";

const fetched = vi.fn<typeof fetch>();
const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ code, detail: "why", request_id: "req_1" }), { status, headers });

async function failureOf(act: Promise<unknown>): Promise<unknown> {
  return act.then(
    () => undefined,
    (failure: unknown) => failure,
  );
}

describe("the API's client", () => {
  beforeEach(() => {
    fetched.mockReset();
    vi.stubGlobal("fetch", fetched);
    useCsrfToken("token-1");
  });
  afterEach(() => vi.unstubAllGlobals());

  it("sends the session's CSRF token with what changes something", async () => {
    fetched.mockImplementation(async () => new Response('{"ok":true}'));
    await call("GET", "/a");
    expect(await call("POST", "/b", { x: 1 })).toEqual({ ok: true });
    const [read, write] = fetched.mock.calls.map(([, init]) => init!.headers as Record<string, string>);
    expect(read!["X-CSRF-Token"]).toBeUndefined();
    expect(write).toMatchObject({ "X-CSRF-Token": "token-1", "Content-Type": "application/json" });
  });

  it("tells what is final from what may be tried again", async () => {
    fetched.mockResolvedValueOnce(problem(409, "wrong_goods"));
    expect(await failureOf(call("POST", "/a", {}))).toMatchObject({
      status: 409,
      code: "wrong_goods",
      message: "why",
    });
    fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    expect(await failureOf(call("GET", "/a"))).toBeInstanceOf(ConnectionError);
    fetched.mockResolvedValueOnce(problem(429, "too_many_requests", { "Retry-After": "3" }));
    expect(await failureOf(call("GET", "/a"))).toMatchObject({ retryAfterMs: 3_000 });
    fetched.mockResolvedValueOnce(new Response("<html>bad gateway", { status: 502 }));
    expect(await failureOf(call("GET", "/a"))).toBeInstanceOf(ConnectionError);
    fetched.mockResolvedValueOnce(new Response("not json", { status: 404 }));
    expect(await failureOf(call("GET", "/a"))).toBeInstanceOf(ApiError);
  });

  it.each([503, 502, 429])(
    "says that a server that answers an empty %i is busy, not that it is unreachable",
    async (status) => {
      fetched.mockResolvedValueOnce(new Response(null, { status }));
      const failure = await failureOf(call("GET", "/a"));
      expect(failureTextOf(failure, (key) => key)).toBe("serverBusy");
      expect(isOffline(failure)).toBe(false);
      fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
      const unheard = await failureOf(call("GET", "/a"));
      expect(failureTextOf(unheard, (key) => key)).toBe("noConnection");
      expect(isOffline(unheard)).toBe(true);
    },
  );

  it("says when nobody is signed in any more, but not to who asks just that", async () => {
    const gone = vi.fn();
    whenSignedOut(gone);
    fetched.mockImplementation(async () => problem(401, "unauthenticated"));
    await failureOf(call("GET", "/session"));
    await failureOf(call("POST", "/session", {}));
    expect(gone).not.toHaveBeenCalled();
    await failureOf(call("GET", "/api/v1/things"));
    expect(gone).toHaveBeenCalledOnce();
  });

  it("answers nothing for an empty answer", async () => {
    fetched.mockResolvedValueOnce(new Response(null, { status: 204 }));
    expect(await call("DELETE", "/session")).toBeUndefined();
  });

  it("leaves empty parameters out of a query", () => {
    expect(withQuery("/a", { site: "site_1", type: undefined, q: "" })).toBe("/a?site=site_1");
    expect(withQuery("/a", {})).toBe("/a");
  });

  it("makes ids where crypto.randomUUID is missing", () => {
    const real = crypto;
    vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array) => real.getRandomValues(bytes) });
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newId()).not.toBe(id);
  });
});
