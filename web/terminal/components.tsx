// Small pieces that several screens are made of.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { ApiError } from "../staff/api";
import { failureTextOf, isOffline } from "../staff/failures";
import { tidyCode } from "./codes";
import { useKeyboardHints } from "./keys";
import { t } from "./texts";

// A shortcut beside its button; only for who works by keyboard.
export function Key({ name }: { name: string }) {
  return useKeyboardHints() ? <kbd class="key">{name}</kbd> : null;
}

interface ActionButtonProps {
  icon: string;
  label: string;
  shortcut?: string;
  kind?: "primary" | "quiet" | "danger";
  disabled?: boolean;
  testid?: string;
  onClick: () => void;
}

// A button of the bar at the bottom, where the thumb is.
export function ActionButton({
  icon,
  label,
  shortcut,
  kind = "quiet",
  disabled,
  testid,
  onClick,
}: ActionButtonProps) {
  return (
    <button
      type="button"
      class={`action action--${kind}`}
      disabled={disabled}
      onClick={onClick}
      data-testid={testid}
      {...(shortcut === undefined ? {} : { "aria-keyshortcuts": shortcut })}
    >
      <Icon name={icon} />
      <span class="action__label">{label}</span>
      {shortcut !== undefined && <Key name={shortcut} />}
    </button>
  );
}

export function Loading() {
  return (
    <div class="empty-state" role="status" data-testid="loading">
      <span class="turning" aria-hidden="true" />
      <p>{t("loading")}</p>
    </div>
  );
}

interface EmptyStateProps {
  icon: string;
  title: string;
  hint?: string;
  children?: ComponentChildren;
  testid?: string;
}

// A screen on which there is nothing to do but read, and perhaps one way out.
export function EmptyState({ icon, title, hint, children, testid }: EmptyStateProps) {
  return (
    <div class="empty-state" data-testid={testid}>
      <span class="empty-state__icon" aria-hidden="true">
        <Icon name={icon} />
      </span>
      <h2 class="empty-state__title">{title}</h2>
      {hint !== undefined && <p class="empty-state__text">{hint}</p>}
      {children}
    </div>
  );
}

export function failureText(failure: unknown): string {
  if (failure instanceof ApiError && failure.code === "other_site") return t("otherSite");
  return failureTextOf(failure, t);
}

export function Failed({ title, failure, again }: { title: string; failure: unknown; again: () => void }) {
  const offline = isOffline(failure);
  return (
    <EmptyState
      icon={offline ? "wifi-off" : "triangle-alert"}
      title={title}
      hint={failureText(failure)}
      testid="failed"
    >
      <button type="button" class="action action--primary" onClick={again}>
        <Icon name="refresh-cw" /> {t("tryAgain")}
      </button>
    </EmptyState>
  );
}

// A picture of goods; a box where there is none or it does not come.
export function Picture({ src, size }: { src: string; size: number }) {
  const [broken, setBroken] = useState(false);
  useEffect(() => setBroken(false), [src]);
  if (src === "" || broken) {
    return (
      <span class={`picture picture--none picture--${size}`} aria-hidden="true">
        <Icon name="package" />
      </span>
    );
  }
  return (
    <img
      class={`picture picture--${size}`}
      src={src}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      decoding="async"
      onError={() => setBroken(true)}
    />
  );
}

export function Options({ options }: { options: Record<string, string> }) {
  const shown = Object.entries(options);
  if (shown.length === 0) return null;
  return (
    <ul class="marks">
      {shown.map(([name, value]) => (
        <li class="mark" key={name}>
          <span class="mark__name">{name}</span> <b>{value}</b>
        </li>
      ))}
    </ul>
  );
}

// The end of a barcode is what eyes compare.
export function Barcode({ code }: { code: string }) {
  const end = code.slice(-4);
  return (
    <span class="barcode" translate={false}>
      <Icon name="barcode" />
      <span class="visually-hidden">{t("code")} </span>
      <span class="barcode__digits">
        {code.slice(0, -4)}
        <b>{end}</b>
      </span>
    </span>
  );
}

interface StepperProps {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
  testid?: string;
}

export function Stepper({ label, value, most, onChange, testid }: StepperProps) {
  const keep = (next: number): void => onChange(Math.min(Math.max(1, next), most));
  return (
    <div class="counter" role="group" aria-label={label} data-testid={testid}>
      <button
        type="button"
        class="counter__button"
        aria-label={t("fewer")}
        disabled={value <= 1}
        onClick={() => keep(value - 1)}
      >
        <Icon name="minus" />
      </button>
      <input
        class="counter__input"
        type="text"
        inputMode="numeric"
        aria-label={label}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, "");
          if (digits !== "") keep(Number(digits));
        }}
        onBlur={(event) => (event.currentTarget.value = String(value))}
      />
      <button
        type="button"
        class="counter__button"
        aria-label={t("more")}
        disabled={value >= most}
        onClick={() => keep(value + 1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

interface CodeFieldProps {
  label: string;
  button?: string;
  icon?: string;
  onCode: (code: string) => void;
}

// For who types: a hand-held without a scanner, a label that cannot be read.
export function CodeField({ label, button = t("enter"), icon = "arrow-right", onCode }: CodeFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      class="code-field"
      onSubmit={(event) => {
        event.preventDefault();
        const code = tidyCode(field.current?.value ?? "");
        if (field.current) field.current.value = "";
        if (code !== "") onCode(code);
      }}
    >
      <label class="code-field__label">
        <span class="visually-hidden">{label}</span>
        <Icon name="keyboard" />
        <input
          ref={field}
          class="code-field__input"
          type="text"
          placeholder={label}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellcheck={false}
          enterKeyHint="done"
          maxLength={64}
          data-testid="code-field"
        />
      </label>
      <button type="submit" class="code-field__button" aria-label={button} data-testid="code-enter">
        <Icon name={icon} />
      </button>
    </form>
  );
}

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  testid?: string;
}

// From the bottom, as far as the thumb reaches. The browser keeps the focus inside and closes it by Escape.
export function Dialog({ title, onClose, children, testid }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class="sheet"
      aria-label={title}
      data-testid={testid}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div class="sheet__body">
        <header class="sheet__head">
          <h2>{title}</h2>
          <button type="button" class="round" aria-label={t("close")} onClick={onClose}>
            <Icon name="x" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
