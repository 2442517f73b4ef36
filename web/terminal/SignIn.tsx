// The door. The browser remembers passwords better than we could; the login of last time is filled in.
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { Refusal, Trouble } from "../staff/api";
import { recall, remember } from "../staff/device";
import { signIn } from "../staff/session";
import { failureText } from "./parts";
import { t } from "./texts";
import { session } from "./work";

function wordFor(failure: unknown): string {
  if (failure instanceof Trouble) return failure.retryAfterMs > 0 ? t("locked") : t("noConnection");
  if (failure instanceof Refusal && failure.status === 401) return t("wrongPassword");
  if (failure instanceof Refusal && failure.status === 422) return t("wrongPassword");
  return failureText(failure);
}

export function SignIn() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const known = recall("login", "");

  const submit = async (form: HTMLFormElement): Promise<void> => {
    const fields = new FormData(form);
    const login = String(fields.get("login") ?? "").trim();
    setBusy(true);
    setFailure("");
    try {
      const next = await signIn(login, String(fields.get("password") ?? ""));
      remember("login", login);
      session.set(next);
    } catch (error) {
      setFailure(wordFor(error));
      setBusy(false);
    }
  };

  return (
    <main class="door" data-testid="sign-in">
      <form
        class="door__form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit(event.currentTarget);
        }}
      >
        <span class="door__mark" aria-hidden="true">
          <Icon name="scan-barcode" />
        </span>
        <h1 class="door__title">{t("signInTitle")}</h1>
        <label class="field">
          <span class="field__label">{t("login")}</span>
          <input
            class="field__input"
            name="login"
            required
            maxLength={64}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellcheck={false}
            defaultValue={known}
            autoFocus={known === ""}
          />
        </label>
        <PasswordField focus={known !== ""} />
        <p class="door__failure" role="alert">
          {failure !== "" && (
            <>
              <Icon name="circle-alert" /> {failure}
            </>
          )}
        </p>
        <button type="submit" class="action action--primary action--wide" disabled={busy}>
          {busy ? t("signingIn") : t("signIn")}
        </button>
      </form>
    </main>
  );
}

function PasswordField({ focus }: { focus: boolean }) {
  const [shown, setShown] = useState(false);
  return (
    <label class="field">
      <span class="field__label">{t("password")}</span>
      <span class="door__password">
        <input
          class="field__input"
          name="password"
          type={shown ? "text" : "password"}
          required
          maxLength={256}
          autoComplete="current-password"
          autoFocus={focus}
        />
        <button
          type="button"
          class="round"
          aria-label={t("showPassword")}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          <Icon name="eye" />
        </button>
      </span>
    </label>
  );
}
