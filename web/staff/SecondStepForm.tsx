// What is asked after the password: a code, or an answer of a passkey.
import { useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { accountFailure } from "./account";
import { ApiError } from "./api";
import { SignInFrame, Failure } from "./SignInFrame";
import { say } from "./sign_in_texts";
import { answerWithPasskey, passkeysWork, type PasskeyQuestion } from "./passkeys";
import { prove, type SecondStep, type Session } from "./session";
import type { Store } from "./store";

interface Props {
  session: Store<Session | undefined>;
  failureText: (failure: unknown) => string;
  icon: string;
  buttonClass: string;
  step: SecondStep;
  startOver: () => void;
}

export function SecondStepForm({ session, failureText, icon, buttonClass, step, startOver }: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);

  const attempt = async (proof: () => Promise<Session>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      session.set(await proof());
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const withPasskey = (question: PasskeyQuestion): Promise<void> =>
    attempt(async () => prove(step, { passkey: await answerWithPasskey(question) }));
  const over = failure instanceof ApiError && failure.code === "challenge_ended";
  const takesCodes = step.methods.includes("totp") || step.methods.includes("recovery_code");
  const words = failure === undefined ? "" : (accountFailure(failure) ?? failureText(failure));

  return (
    <SignInFrame icon={icon} title={say("secondTitle")} testid="second-step">
      {step.passkey !== undefined && passkeysWork() && (
        <button
          type="button"
          class={buttonClass}
          disabled={busy || over}
          onClick={() => void withPasskey(step.passkey!)}
          data-testid="use-passkey"
        >
          <Icon name="lock" /> {say("usePasskey")}
        </button>
      )}
      {takesCodes && (
        <form
          class="sign-in__part"
          onSubmit={(event) => {
            event.preventDefault();
            const code = String(new FormData(event.currentTarget).get("code") ?? "");
            void attempt(() => prove(step, { code }));
          }}
        >
          <p class="sign-in__hint">{say("secondHint")}</p>
          <label class="field">
            <span class="field__label">{say("code")}</span>
            <input
              class="field__input"
              name="code"
              required
              maxLength={64}
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellcheck={false}
              autoFocus
            />
          </label>
          <button type="submit" class={buttonClass} disabled={busy || over}>
            {busy ? say("confirming") : say("confirm")}
          </button>
        </form>
      )}
      <Failure text={words} />
      <button type="button" class="sign-in__language" onClick={startOver}>
        <Icon name="arrow-left" /> {say("startOver")}
      </button>
    </SignInFrame>
  );
}
