import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recall } from "../staff/device";
import type { Session } from "../staff/session";
import { SignIn } from "../staff/SignIn";
import { Store } from "../staff/store";

const anna: Session = { signed_in: true, user_id: "usr_anna", roles: ["admin"], csrf_token: "token" };

describe("the door of staff", () => {
  let root: HTMLElement;
  let session: Store<Session | undefined>;
  let answers: Response[];

  const settle = (): Promise<void> =>
    act(async () => void (await new Promise((done) => setTimeout(done, 5)))) as never;
  const say = (): string => root.querySelector("[role=alert]")!.textContent!.trim();

  async function knock(login: string, password: string): Promise<void> {
    root.querySelector<HTMLInputElement>("[name=login]")!.value = login;
    root.querySelector<HTMLInputElement>("[name=password]")!.value = password;
    root.querySelector<HTMLFormElement>("form")!.requestSubmit();
    await settle();
  }

  beforeEach(async () => {
    localStorage.clear();
    answers = [];
    session = new Store<Session | undefined>(undefined);
    root = document.body.appendChild(document.createElement("div"));
    vi.stubGlobal("fetch", async () => {
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError("Failed to fetch");
      return answer;
    });
    const door = <SignIn session={session} t={(key) => key} failureText={String} icon="eye" buttonClass="" />;
    await act(() => render(door, root));
  });
  afterEach(() => {
    render(null, root);
    root.remove();
    vi.unstubAllGlobals();
  });

  it("lets in and remembers the login, not the password", async () => {
    answers = [new Response(null, { status: 204 }), new Response(JSON.stringify(anna))];
    await knock(" anna ", "secret");
    expect(session.value).toEqual(anna);
    expect(recall("login", "")).toBe("anna");
    expect(JSON.stringify({ ...localStorage })).not.toContain("secret");
  });

  it("offers to sign in by a passkey where there can be one, and says what was wrong with it", async () => {
    expect(root.querySelector("[data-testid=enter-by-passkey]")).toBeNull();
    vi.stubGlobal("PublicKeyCredential", function () {});
    vi.stubGlobal("isSecureContext", true);
    const bytes = new Uint8Array([1, 2, 3]).buffer;
    const asked: CredentialRequestOptions[] = [];
    const get = async (options: CredentialRequestOptions): Promise<unknown> => {
      asked.push(options);
      return {
        rawId: bytes,
        response: { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes },
      };
    };
    vi.stubGlobal("navigator", { ...navigator, credentials: { get } });
    const door = (
      <SignIn session={session} t={(key) => key} failureText={String} icon="eye" buttonClass="x" />
    );
    await act(() => render(door, root));
    const press = async (): Promise<void> => {
      await act(() => root.querySelector<HTMLButtonElement>("[data-testid=enter-by-passkey]")!.click());
      await settle();
    };
    const question = (): Response => new Response(JSON.stringify({ challenge: "AQID", rp_id: "localhost" }));
    answers = [question(), new Response(JSON.stringify({ code: "wrong_passkey" }), { status: 401 })];
    await press();
    expect(say()).toContain("не подходит ни к одной учётной записи");
    answers = [question(), new Response(null, { status: 204 }), new Response(JSON.stringify(anna))];
    await press();
    expect(session.value).toEqual(anna);
    expect(asked[0]!.publicKey!.userVerification).toBe("required");
    expect(asked[0]!.publicKey!.allowCredentials).toEqual([]);
  });

  it("says what was wrong, and may be tried again", async () => {
    answers = [new Response("{}", { status: 401 })];
    await knock("anna", "wrong");
    expect(say()).toBe("wrongPassword");
    answers = [new Response("{}", { status: 429, headers: { "Retry-After": "60" } })];
    await knock("anna", "wrong");
    expect(say()).toBe("locked");
    answers = [new Response(null, { status: 503, headers: { "Retry-After": "1" } })];
    await knock("anna", "secret");
    expect(say()).toContain("503");
    await knock("anna", "secret");
    expect(say()).toContain("no connection");
    expect(root.querySelector<HTMLButtonElement>("button[type=submit]")!.disabled).toBe(false);
    expect(session.value).toBeUndefined();
  });

  const asked = (methods: string[]): Response =>
    new Response(JSON.stringify({ code: "second_factor_required", challenge_id: "chl_1", methods }), {
      status: 401,
    });

  async function confirm(code: string): Promise<void> {
    root.querySelector<HTMLInputElement>("[name=code]")!.value = code;
    root.querySelector<HTMLFormElement>("form")!.requestSubmit();
    await settle();
  }

  it("asks for the second step, and lets in only after it", async () => {
    answers = [asked(["totp", "recovery_code"])];
    await knock("anna", "secret");
    expect(session.value).toBeUndefined();
    expect(root.querySelector("[data-testid=second-step]")).not.toBeNull();
    expect(root.querySelector("[data-testid=use-passkey]")).toBeNull();
    answers = [new Response(JSON.stringify({ code: "wrong_second_factor" }), { status: 401 })];
    await confirm("000000");
    expect(say()).toContain("не подходит");
    answers = [new Response(null, { status: 204 }), new Response(JSON.stringify(anna))];
    await confirm("123456");
    expect(session.value).toEqual(anna);
  });

  it("goes back to the password when the time for the second step is over", async () => {
    answers = [asked(["totp"])];
    await knock("anna", "secret");
    answers = [new Response(JSON.stringify({ code: "challenge_ended" }), { status: 401 })];
    await confirm("123456");
    expect(say()).toContain("Введите пароль ещё раз");
    expect(root.querySelector<HTMLButtonElement>("button[type=submit]")!.disabled).toBe(true);
    await act(() => root.querySelector<HTMLButtonElement>(".sign-in__language")!.click());
    expect(root.querySelector("[name=password]")).not.toBeNull();
  });

  it("shows the password to who asks", async () => {
    const field = root.querySelector<HTMLInputElement>("[name=password]")!;
    await act(() => root.querySelector<HTMLButtonElement>(".sign-in__eye")!.click());
    expect(field.type).toBe("text");
  });
});
