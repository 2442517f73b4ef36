// Choosing another password.
import { useState } from "preact/hooks";
import { accountFailure } from "./account";
import { call } from "./api";
import { Failure, PasswordInput } from "./SignInFrame";
import { say } from "./sign_in_texts";

interface Props {
  failureText: (failure: unknown) => string;
  buttonClass: string;
  done: () => void;
}

export function PasswordForm({ failureText, buttonClass, done }: Props) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [words, setWords] = useState("");

  const submit = async (): Promise<void> => {
    if (busy) return;
    if (next !== again) return setWords(say("passwordsDiffer"));
    setBusy(true);
    setWords("");
    try {
      await call<void>("POST", "/api/v1/auth/password", { current_password: current, new_password: next });
      setCurrent("");
      setNext("");
      setAgain("");
      done();
    } catch (failure) {
      setWords(accountFailure(failure) ?? failureText(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="sign-in__part"
      data-testid="password-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <PasswordInput
        label={say("currentPassword")}
        name="current"
        complete="current-password"
        value={current}
        onValue={setCurrent}
      />
      <PasswordInput
        label={say("newPassword")}
        name="new"
        complete="new-password"
        value={next}
        onValue={setNext}
      />
      <PasswordInput
        label={say("repeatPassword")}
        name="again"
        complete="new-password"
        value={again}
        onValue={setAgain}
      />
      <p class="sign-in__hint">{say("passwordRules")}</p>
      <Failure text={words} />
      <button type="submit" class={buttonClass} disabled={busy}>
        {busy ? say("confirming") : say("changePassword")}
      </button>
    </form>
  );
}
