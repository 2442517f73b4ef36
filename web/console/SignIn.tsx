// The door.
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { Refusal, Trouble } from "../staff/api";
import { recall, remember } from "../staff/device";
import { signIn } from "../staff/session";
import { failureText } from "./parts";
import { session } from "./reading";
import { t } from "./texts";

function wordFor(failure: unknown): string {
  if (failure instanceof Trouble && failure.retryAfterMs > 0) return t("locked");
  if (failure instanceof Refusal && (failure.status === 401 || failure.status === 422))
    return t("wrongPassword");
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
    <main class="door" id="content" data-testid="sign-in">
      <form
        class="panel stack door__form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit(event.currentTarget);
        }}
      >
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
            spellcheck={false}
            defaultValue={known}
            autoFocus={known === ""}
          />
        </label>
        <label class="field">
          <span class="field__label">{t("password")}</span>
          <input
            class="field__input"
            name="password"
            type="password"
            required
            maxLength={256}
            autoComplete="current-password"
            autoFocus={known !== ""}
          />
        </label>
        <p class="door__failure" role="alert">
          {failure !== "" && (
            <>
              <Icon name="circle-alert" /> {failure}
            </>
          )}
        </p>
        <button type="submit" class="button button--primary button--wide" disabled={busy}>
          {busy ? t("signingIn") : t("signIn")}
        </button>
      </form>
    </main>
  );
}
