// The frame of the sign-in pages: the mark, a title, a form.
import type { ComponentChildren } from "preact";
import { Icon } from "../design/Icon";

export function SignInFrame({
  icon,
  title,
  children,
  testid,
}: {
  icon: string;
  title: string;
  children: ComponentChildren;
  testid: string;
}) {
  return (
    <main class="sign-in" id="content" data-testid={testid}>
      <div class="sign-in__form">
        <span class="sign-in__mark" aria-hidden="true">
          <Icon name={icon} />
        </span>
        <h1 class="sign-in__title">{title}</h1>
        {children}
      </div>
    </main>
  );
}

export function Failure({ text }: { text: string }) {
  return (
    <p class="sign-in__failure" role="alert">
      {text !== "" && (
        <>
          <Icon name="circle-alert" /> {text}
        </>
      )}
    </p>
  );
}

export function PasswordInput({
  label,
  name,
  complete,
  value,
  onValue,
}: {
  label: string;
  name: string;
  complete: "current-password" | "new-password";
  value: string;
  onValue: (value: string) => void;
}) {
  return (
    <label class="field">
      <span class="field__label">{label}</span>
      <input
        class="field__input"
        type="password"
        name={name}
        required
        maxLength={256}
        autoComplete={complete}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </label>
  );
}
