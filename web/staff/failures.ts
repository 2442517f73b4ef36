// Texts for failed calls, alike in all programs of staff.
import { ApiError, ConnectionError } from "./api";

type Key = "noConnection" | "serverBusy" | "forbidden" | "notFound" | "cameWith";

export function isOffline(failure: unknown): boolean {
  return failure instanceof ConnectionError && failure.status === 0;
}

// `t` has the program's texts.
export function failureTextOf(failure: unknown, t: (key: Key) => string): string {
  if (isOffline(failure)) return t("noConnection");
  if (failure instanceof ConnectionError) return t("serverBusy");
  if (!(failure instanceof ApiError)) return String(failure);
  if (failure.status === 403) return t("forbidden");
  if (failure.status === 404) return t("notFound");
  const reference = failure.requestId === "" ? "" : ` ${t("cameWith")}: ${failure.requestId}`;
  return `${failure.message}${reference}`;
}
