import { beforeEach, describe, expect, it } from "vitest";
import { age, isTime, money, span, utcTime } from "../../console/format";
import { codeText } from "../../console/code_texts";

const plain = (text: string): string => text.replace(/\s/g, " ");

describe("what people read", () => {
  beforeEach(() => {
    document.documentElement.lang = "ru";
  });

  it("has spans of the two largest parts", () => {
    expect(span(0)).toBe("0 с");
    expect(span(59_400)).toBe("59 с");
    expect(span(3_725_000)).toBe("1 ч 2 мин");
    expect(span(90_000_000)).toBe("1 д 1 ч");
    expect(span(86_405_000)).toBe("1 д");
  });

  it("says when it was and when it will be", () => {
    const now = Date.parse("2026-11-24T10:00:00Z");
    expect(age("2026-11-24T09:59:00.000Z", now)).toBe("1 мин назад");
    expect(age("2026-11-24T10:02:00.000Z", now)).toBe("через 2 мин");
    expect(utcTime("2026-11-24T09:59:00.000Z")).toBe("2026-11-24 09:59:00.000 UTC");
    expect(isTime("1970-01-01T00:00:00.000Z")).toBe(false);
    expect(isTime(undefined)).toBe(false);
  });

  it("has amounts of the language", () => {
    expect(plain(money({ amount_minor: 1_999_00, currency: "RUB" }))).toBe("1 999,00 ₽");
    document.documentElement.lang = "en";
    expect(plain(money({ amount_minor: -1_999_00, currency: "RUB" }))).toContain("1,999.00");
  });

  it("shows a code that it does not know as it came", () => {
    expect(codeText("status", "PAID")).toBe("Оплачен");
    expect(codeText("status", "NEWER_THAN_THIS")).toBe("NEWER_THAN_THIS");
  });
});
