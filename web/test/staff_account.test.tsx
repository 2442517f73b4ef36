import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Complete } from "../staff/Complete";
import { toBytes, toText } from "../staff/passkeys";
import type { Session } from "../staff/session";
import { Store } from "../staff/store";

const invited: Session = {
  signed_in: true,
  user_id: "usr_anna",
  roles: ["must_change_password"],
  csrf_token: "token",
};

describe("an account that is not complete", () => {
  let root: HTMLElement;
  let session: Store<Session | undefined>;
  let answers: Response[];
  let sent: { path: string; body: unknown }[];

  const settle = (): Promise<void> =>
    act(async () => void (await new Promise((done) => setTimeout(done, 5)))) as never;
  const show = (who: Session): Promise<void> =>
    act(() =>
      render(
        <Complete
          session={session}
          who={who}
          failureText={String}
          icon="eye"
          buttonClass=""
          key={who.roles[0]}
        />,
        root,
      ),
    ) as never;
  async function type(name: string, value: string): Promise<void> {
    const field = root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
    field.value = value;
    await act(() => void field.dispatchEvent(new Event("input", { bubbles: true })));
  }
  async function choose(current: string, next: string, again: string): Promise<void> {
    await type("current", current);
    await type("new", next);
    await type("again", again);
    root.querySelector<HTMLFormElement>("form")!.requestSubmit();
    await settle();
  }
  const said = (): string => root.querySelector("[role=alert]")!.textContent!.trim();

  beforeEach(() => {
    answers = [];
    sent = [];
    session = new Store<Session | undefined>(invited);
    root = document.body.appendChild(document.createElement("div"));
    vi.stubGlobal("fetch", async (path: string, options: RequestInit) => {
      sent.push({ path, body: options.body == null ? undefined : JSON.parse(String(options.body)) });
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError("Failed to fetch");
      return answer;
    });
  });
  afterEach(() => {
    render(null, root);
    root.remove();
    vi.unstubAllGlobals();
  });

  it("gets a password of its owner's first, and is whole after that", async () => {
    await show(invited);
    await choose("handed", "one thing and another", "one thing and anothr");
    expect(said()).toContain("не совпадают");
    expect(sent).toEqual([]);
    const refused = { code: "invalid_input", errors: [{ field: "new_password", code: "too_common" }] };
    answers = [new Response(JSON.stringify(refused), { status: 400 })];
    await choose("handed", "passwordpassword", "passwordpassword");
    expect(said()).toContain("легко угадать");
    const whole = { ...invited, roles: ["support"] };
    answers = [new Response(null, { status: 204 }), new Response(JSON.stringify(whole))];
    await choose("handed", "one thing and another", "one thing and another");
    expect(sent[1]!.body).toEqual({ current_password: "handed", new_password: "one thing and another" });
    expect(session.value).toEqual(whole);
  });

  it("shows recovery codes once, and goes on when they are kept", async () => {
    const own = (second: boolean): Response =>
      new Response(
        JSON.stringify({
          account: { login: "anna", roles: ["admin"], second_factor: second },
          totp: second,
          recovery_codes_left: 0,
          factor_required: true,
          passkeys_available: false,
        }),
      );
    answers = [own(false)];
    await show({ ...invited, roles: ["must_enrol_factor"] });
    await settle();
    answers = [new Response(JSON.stringify({ secret: "ABCDEFGH", uri: "otpauth://totp/Bramble:anna" }))];
    await act(() => root.querySelector<HTMLButtonElement>("[data-testid=totp] button")!.click());
    await settle();
    expect(sent.at(-1)).toEqual({ path: "/api/v1/account/totp", body: { password: "" } });
    expect(root.querySelector(".factor__secret")!.textContent).toBe("ABCD EFGH");
    answers = [new Response(JSON.stringify({ codes: ["aaaa-bbbb", "cccc-dddd"] }))];
    root.querySelector<HTMLInputElement>("[name=code]")!.value = "123456";
    root.querySelector<HTMLFormElement>("[data-testid=totp] form")!.requestSubmit();
    await settle();
    expect(root.querySelector("[data-testid=recovery-codes]")!.textContent).toContain("cccc-dddd");
    const whole = { ...invited, roles: ["admin"] };
    answers = [own(true), new Response(JSON.stringify(whole))];
    await act(() => root.querySelector<HTMLButtonElement>("[data-testid=recovery-codes] button")!.click());
    await settle();
    expect(session.value).toEqual(whole);
  });

  it("asks for the password when the sign-in is not fresh any more", async () => {
    const own = {
      account: { login: "anna", roles: ["admin"], second_factor: false },
      totp: false,
      recovery_codes_left: 0,
      factor_required: true,
      passkeys_available: false,
      password_required: false,
    };
    answers = [new Response(JSON.stringify(own))];
    await show({ ...invited, roles: ["must_enrol_factor"] });
    await settle();
    expect(root.querySelector("[name=password]")).toBeNull();
    const refused = { code: "invalid_input", errors: [{ field: "password", code: "required" }] };
    answers = [new Response(JSON.stringify(refused), { status: 400 })];
    await act(() => root.querySelector<HTMLButtonElement>("[data-testid=totp] button")!.click());
    await settle();
    expect(said()).toContain("Введите свой пароль");
    await type("password", "my own words");
    answers = [new Response(JSON.stringify({ secret: "ABCDEFGH", uri: "otpauth://totp/Bramble:anna" }))];
    await act(() => root.querySelector<HTMLButtonElement>("[data-testid=totp] button")!.click());
    await settle();
    expect(sent.at(-1)!.body).toEqual({ password: "my own words" });
  });
});

describe("binary values of passkeys", () => {
  it("travel as base64url and come back", () => {
    const bytes = new Uint8Array([0, 251, 255, 62, 63, 1, 2]);
    const text = toText(bytes.buffer);
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(new Uint8Array(toBytes(text))).toEqual(bytes);
  });
});
