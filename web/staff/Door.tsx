// The frame of what stands before the rooms: the mark, a title, and what is asked.
import type { ComponentChildren } from "preact";
import { Icon } from "../design/Icon";

export function Door({
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
    <main class="door" id="content" data-testid={testid}>
      <div class="door__form">
        <span class="door__mark" aria-hidden="true">
          <Icon name={icon} />
        </span>
        <h1 class="door__title">{title}</h1>
        {children}
      </div>
    </main>
  );
}

export function Failure({ text }: { text: string }) {
  return (
    <p class="door__failure" role="alert">
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
