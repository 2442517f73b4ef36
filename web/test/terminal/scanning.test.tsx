import { act } from "preact/test-utils";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useScans } from "../../terminal/scanning";

const heard: string[] = [];
const pressed = vi.fn();
const inner: string[] = [];

function Inner() {
  useScans((code) => inner.push(code));
  return null;
}

function Screen({ dialog = false }: { dialog?: boolean }) {
  useScans((code) => heard.push(code));
  return (
    <>
      <button onClick={pressed}>Danger</button>
      <input />
      {dialog && <Inner />}
    </>
  );
}

let at = 1_000;

function key(target: Element, name: string, gap: number): boolean {
  at += gap;
  const code = /[0-9]/.test(name) ? `Digit${name}` : name === "Enter" ? "Enter" : "";
  const event = new KeyboardEvent("keydown", { key: name, code, bubbles: true, cancelable: true });
  Object.defineProperty(event, "timeStamp", { value: at });
  const goesOn = target.dispatchEvent(event);
  // What a browser does with a key that nobody stopped.
  if (goesOn && target instanceof HTMLInputElement && name.length === 1) target.value += name;
  if (goesOn && target instanceof HTMLButtonElement && name === "Enter") target.click();
  return goesOn;
}

function type(target: Element, text: string, gap: number): void {
  for (const character of text) key(target, character, gap);
  key(target, "Enter", gap);
}

describe("scanning", () => {
  let root: HTMLElement;
  const show = (dialog = false): void =>
    act(() => render(<Screen dialog={dialog} />, root)) as unknown as void;
  const find = (selector: string): HTMLElement => root.querySelector<HTMLElement>(selector)!;

  beforeEach(() => {
    heard.length = 0;
    inner.length = 0;
    pressed.mockClear();
    at += 10_000;
    root = document.createElement("div");
    document.body.append(root);
    show();
  });
  afterEach(() => {
    act(() => render(null, root));
    root.remove();
  });

  it("hears a scan wherever the focus is and presses no button with its Enter", () => {
    type(find("button"), "460000123", 10);
    expect(heard).toEqual(["460000123"]);
    key(find("button"), "Enter", 10);
    expect(pressed).not.toHaveBeenCalled();
    key(find("button"), "Enter", 1_000);
    expect(pressed).toHaveBeenCalledOnce();
  });

  it("leaves a field as it was before the scan", () => {
    const field = find("input") as HTMLInputElement;
    field.value = "7";
    type(field, "460000123", 10);
    expect(heard).toEqual(["460000123"]);
    expect(field.value).toBe("7");
  });

  it("leaves a person's typing to the field", () => {
    const field = find("input") as HTMLInputElement;
    type(field, "46123", 150);
    expect(heard).toEqual([]);
    expect(field.value).toBe("46123");
  });

  it("gives scans to the dialog while one is open", () => {
    show(true);
    type(document.body, "111222", 10);
    expect(inner).toEqual(["111222"]);
    expect(heard).toEqual([]);
  });
});
