// Formats amounts, times and sizes in the reader's language.
import type { Money } from "./api_types";
import { languageNow } from "../staff/preferences";
import { t } from "./texts";

const locale = (): string => (languageNow() === "ru" ? "ru-RU" : "en-GB");

export function money(value: Money): string {
  const text = new Intl.NumberFormat(locale(), {
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
  }).format(value.amount_minor / 100);
  return text.replace("-", "−");
}

export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

export function isTime(text: string | undefined): text is string {
  return text !== undefined && text !== "" && !text.startsWith("1970-01-01T00:00:00");
}

// Local time; the date only where it is not today's.
export function clockTime(text: string, precise = false): string {
  const at = new Date(text);
  const today = new Date().toDateString() === at.toDateString();
  return new Intl.DateTimeFormat(locale(), {
    ...(today ? {} : { day: "2-digit", month: "2-digit", year: "2-digit" }),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    ...(precise ? { fractionalSecondDigits: 3 as const } : {}),
    hourCycle: "h23",
  }).format(at);
}

export function utcTime(text: string): string {
  return `${text.replace("T", " ").replace("Z", "")} UTC`;
}

// "3 min", "2 h 5 min": the two largest parts.
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), t("days")],
    [Math.floor(seconds / 3_600) % 24, t("hours")],
    [Math.floor(seconds / 60) % 60, t("minutes")],
    [seconds % 60, t("seconds")],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first < 0) return `0 ${t("seconds")}`;
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(" ");
}

// How long ago, or in how long.
export function age(text: string, now = Date.now()): string {
  const ms = now - new Date(text).getTime();
  return ms >= 0 ? `${span(ms)} ${t("ago")}` : `${t("inTime")} ${span(-ms)}`;
}

export function bytes(value: number): string {
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(value / 1_048_576)} ${t("megabytes")}`;
}

// As the buyer reads it out.
export function orderNumber(id: string): string {
  return id.slice(-6).toUpperCase();
}

// Long ids by their ends, where they differ.
export function shortId(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
}

export function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
