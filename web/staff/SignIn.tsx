// The door of every program of staff. The browser remembers passwords better than we could; the login of last
// time is filled in.
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { accountFailure } from "./account";
import { ApiError, ConnectionError } from "./api";
import { recall, remember } from "./device";
import { say } from "./sign_in_texts";
import { mayEnterByPasskey } from "./passkeys";
import { languageNow, switchLanguage } from "./preferences";
import { SecondStepForm } from "./SecondStepForm";
import { secondStepOf, signIn, signInByPasskey, type SecondStep, type Session } from "./session";
import type { Store } from "./store";

export type SignInText =
  | "signInTitle"
  | "login"
  | "password"
  | "showPassword"
  | "signIn"
  | "signingIn"
  | "wrongPassword"
  | "locked"
  | "language_name";

interface SignInProps {
  session: Store<Session | undefined>;
  t: (key: SignInText) => string;
  failureText: (failure: unknown) => string;
  icon: string;
  buttonClass: string; // each program has buttons of its own size
}

function useSigningIn({ session, t, failureText }: SignInProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [byPasskey, setByPasskey] = useState(false); // the last try
  const [step, setStep] = useState<SecondStep | undefined>(undefined);

  // Worded when it is shown: the language may change meanwhile.
  const wordFor = (error: unknown): string => {
    if (error === undefined) return "";
    if (error instanceof ConnectionError && error.status === 429) return t("locked");
    if (byPasskey) return accountFailure(error) ?? failureText(error);
    const wrong = error instanceof ApiError && (error.status === 401 || error.status === 422);
    return wrong ? t("wrongPassword") : failureText(error);
  };
  const submit = async (form: HTMLFormElement): Promise<void> => {
    if (busy) return;
    const fields = new FormData(form);
    const login = String(fields.get("login") ?? "").trim();
    setBusy(true);
    setByPasskey(false);
    setFailure(undefined);
    try {
      const who = await signIn(login, String(fields.get("password") ?? ""));
      remember("login", login);
      session.set(who);
    } catch (error) {
      const asked = secondStepOf(error);
      if (asked !== undefined) remember("login", login);
      setStep(asked);
      setFailure(asked === undefined ? error : undefined);
      setBusy(false);
    }
  };
  const enter = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setByPasskey(true);
    setFailure(undefined);
    try {
      session.set(await signInByPasskey());
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return { busy, failure: wordFor(failure), submit, enter, step, startOver: () => setStep(undefined) };
}

export function SignIn(props: SignInProps) {
  const { t, icon, buttonClass } = props;
  const { busy, failure, submit, enter, step, startOver } = useSigningIn(props);
  const known = recall("login", "");
  if (step !== undefined) return <SecondStepForm {...props} step={step} startOver={startOver} />;
  return (
    <main class="sign-in" id="content" data-testid="sign-in">
      <form
        class="sign-in__form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <span class="sign-in__mark" aria-hidden="true">
          <Icon name={icon} />
        </span>
        <h1 class="sign-in__title">{t("signInTitle")}</h1>
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
        <PasswordField t={t} focus={known !== ""} />
        <p class="sign-in__failure" role="alert">
          {failure !== "" && (
            <>
              <Icon name="circle-alert" /> {failure}
            </>
          )}
        </p>
        <button type="submit" class={buttonClass} disabled={busy}>
          {busy ? t("signingIn") : t("signIn")}
        </button>
        {mayEnterByPasskey() && (
          <button
            type="button"
            class="button button--quiet"
            disabled={busy}
            onClick={() => void enter()}
            data-testid="enter-by-passkey"
          >
            <Icon name="lock" /> {say("enterByPasskey")}
          </button>
        )}
      </form>
      <button
        type="button"
        class="sign-in__language"
        lang={languageNow() === "ru" ? "en" : "ru"}
        onClick={() => void switchLanguage()}
      >
        <Icon name="languages" /> {t("language_name")}
      </button>
    </main>
  );
}

function PasswordField({ t, focus }: { t: SignInProps["t"]; focus: boolean }) {
  const [shown, setShown] = useState(false);
  return (
    <label class="field">
      <span class="field__label">{t("password")}</span>
      <span class="sign-in__password">
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
          class="sign-in__eye"
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
