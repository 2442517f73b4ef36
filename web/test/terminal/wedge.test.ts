import { describe, expect, it } from "vitest";
import { Wedge } from "../../terminal/wedge";

interface Typed {
  text: string;
  gap: number;
  from?: number;
}

function codeOf(character: string): string {
  if (/[a-z]/i.test(character)) return `Key${character.toUpperCase()}`;
  if (/[0-9]/.test(character)) return `Digit${character}`;
  return character === "-" ? "Minus" : "";
}

function type(wedge: Wedge, { text, gap, from = 1000 }: Typed) {
  let at = from;
  for (const character of text) {
    const shift = /[A-Z]/.test(character);
    wedge.press({ key: character, code: codeOf(character), shift, at });
    at += gap;
  }
  return { burst: wedge.press({ key: "Enter", code: "Enter", shift: false, at }), at };
}

describe("the wedge", () => {
  it("hears a whole code that ends with Enter", () => {
    expect(type(new Wedge(), { text: "4600001234567", gap: 8 }).burst).toEqual({
      text: "4600001234567",
      startedAt: 1000,
    });
  });

  it("takes a person's typing for what it is", () => {
    expect(type(new Wedge(), { text: "A-01-1", gap: 120 }).burst).toBeUndefined();
  });

  it("bears a hiccup of the radio", () => {
    const wedge = new Wedge();
    for (const [digit, at] of [0, 9, 18, 209, 218, 227].entries()) {
      wedge.press({ key: String(digit), code: `Digit${digit}`, shift: false, at });
    }
    expect(wedge.press({ key: "Enter", code: "Enter", shift: false, at: 236 })?.text).toBe("012345");
  });

  it("starts anew when typing turns into a scan", () => {
    const wedge = new Wedge();
    wedge.press({ key: "x", code: "KeyX", shift: false, at: 500 });
    expect(type(wedge, { text: "A-01-1", gap: 20 }).burst?.text).toBe("A-01-1");
  });

  it("swallows the second Enter of scanners that send two", () => {
    const wedge = new Wedge();
    const { at } = type(wedge, { text: "123456", gap: 5 });
    expect(wedge.isEcho(at + 5)).toBe(true);
    expect(wedge.press({ key: "Enter", code: "Enter", shift: false, at: at + 5 })).toBeUndefined();
    expect(wedge.isEcho(at + 900)).toBe(false);
    // The next code may follow at once.
    wedge.press({ key: "7", code: "Digit7", shift: false, at: at + 20 });
    expect(wedge.isEcho(at + 30)).toBe(false);
  });

  it("reads keys by their place, so a Russian layout does no harm", () => {
    const wedge = new Wedge();
    wedge.press({ key: "Ф", code: "KeyA", shift: true, at: 0 });
    wedge.press({ key: "-", code: "Minus", shift: false, at: 9 });
    wedge.press({ key: "1", code: "Digit1", shift: false, at: 18 });
    expect(wedge.press({ key: "Enter", code: "Enter", shift: false, at: 27 })?.text).toBe("A-1");
  });

  it("takes Tab for the end of a code, and of nothing else", () => {
    const wedge = new Wedge();
    expect(wedge.press({ key: "Tab", code: "Tab", shift: false, at: 0 })).toBeUndefined();
    for (const at of [10, 20, 30]) wedge.press({ key: "7", code: "Digit7", shift: false, at });
    expect(wedge.press({ key: "Tab", code: "Tab", shift: false, at: 40 })?.text).toBe("777");
  });

  it("is not fooled by short or endless texts", () => {
    expect(type(new Wedge(), { text: "12", gap: 5 }).burst).toBeUndefined();
    expect(type(new Wedge(), { text: "1".repeat(65), gap: 5 }).burst).toBeUndefined();
  });
});
