// People are shown names; an id is for who points at it or copies it.
import { render, type VNode } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Found } from "../../console/Found";
import { session } from "../../console/fetching";
import { Security } from "../../console/Security";
import { Staff } from "../../console/Staff";
import { MovementRows } from "../../console/StockRows";

const names = { usr_vera: "vera", site_1: "Москва, Подольск", sku_1: "Кружка, белый" };

describe("screens of the console", () => {
  let root: HTMLElement;
  let answers: Record<string, unknown>;

  const show = async (screen: VNode): Promise<string> => {
    await act(() => render(screen, root));
    await act(async () => void (await new Promise((done) => setTimeout(done, 5))));
    return root.textContent ?? "";
  };

  beforeEach(() => {
    document.documentElement.lang = "ru";
    root = document.body.appendChild(document.createElement("div"));
    session.set({ signed_in: true, user_id: "usr_me", roles: ["admin"], csrf_token: "token" });
    vi.stubGlobal("fetch", async (path: string) => {
      const found = Object.entries(answers).find(([beginning]) => path.startsWith(beginning));
      return new Response(JSON.stringify(found?.[1] ?? { items: [] }), {
        headers: { "Content-Type": "application/json" },
      });
    });
  });
  afterEach(() => {
    render(null, root);
    root.remove();
    vi.unstubAllGlobals();
  });

  it("call the site of an account by its title", async () => {
    const account = { user_id: "usr_vera", login: "vera", roles: ["warehouse"], site_id: "site_1" };
    const other = { disabled: false, invited: false, demo: false, second_factor: false, created_at: "" };
    answers = {
      "/api/v1/staff": { items: [{ ...account, ...other }] },
      "/api/v1/warehouse/sites": { items: [{ site_id: "site_1", title: "Москва, Подольск" }] },
    };
    const cell = async (): Promise<string> => {
      await show(<Staff />);
      return root.querySelector("tbody tr")!.textContent!;
    };
    expect(await cell()).toContain("Москва, Подольск");
    expect(await cell()).not.toContain("site_1");
  });

  it("call people in the security log by their logins, and say its words in the reader's language", async () => {
    const entry = {
      seq: 1,
      at: "2026-11-24T10:00:00Z",
      kind: "staff_changed",
      address: "::1",
      times: 1,
      hash: "ab",
    };
    answers = {
      "/api/v1/security/events": {
        items: [{ ...entry, principal: "usr_vera", subject: "login anna", detail: "the password was reset" }],
        names,
      },
    };
    const text = await show(<Security query={{}} />);
    expect(text).toContain("vera");
    expect(text).toContain("логин anna");
    expect(text).toContain("пароль сброшен");
  });

  it("call the goods and people of a movement by their names", async () => {
    const move = { movement_id: "mov_1", site_id: "site_1", sku_id: "sku_1", bin: "A-01", kind: "picked" };
    const text = await show(
      <MovementRows
        movements={[
          { ...move, quantity: 1, document: "tsk_1", by_whom: "usr_vera", at: "2026-11-24T10:00:00Z" },
        ]}
        names={names}
      />,
    );
    for (const name of Object.values(names)) expect(text).toContain(name);
    expect(text).not.toContain("sku_1");
  });

  it("say how many of each kind were found, and lead to all of them", async () => {
    const thing = (kind: string, id: string) => ({ kind, id, title: id, detail: "" });
    answers = {
      "/api/v1/find": {
        items: [thing("goods", "sku_1"), thing("goods", "sku_2"), thing("point", "pp_1")],
        counts: [
          { kind: "goods", count: 1234, more: false },
          { kind: "point", count: 1, more: false },
        ],
        missing: [],
      },
    };
    const text = await show(<Found query={{ q: "кружка" }} />);
    expect(text.replace(/\s/g, " ")).toContain("Товары · 1 234");
    const ways = [...root.querySelectorAll("a.button")].map((way) => way.getAttribute("href"));
    expect(ways).toEqual([`/console/found?q=${encodeURIComponent("кружка")}&kind=goods`]);
  });
});
