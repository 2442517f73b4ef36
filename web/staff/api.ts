// The client of the ops API for its pages: JSON, with the session's cookies. An ApiError is an answer of the server and final;
// a ConnectionError means that no answer came, or one that says nothing about the call: it may be tried again.
import { type Operation, requestOf } from "../api/operation";
import { Store } from "./store";

export class ApiError extends Error {
  override name = "ApiError";
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly requestId: string,
    readonly members: Record<string, unknown> = {}, // of the problem document
  ) {
    super(detail);
  }

  // What was wrong, field by field.
  get fields(): { field: string; code: string }[] {
    return (this.members.errors ?? []) as { field: string; code: string }[];
  }
}

export class ConnectionError extends Error {
  override name = "ConnectionError";
  constructor(
    message: string,
    readonly retryAfterMs = 0,
    readonly status = 0, // 0: nothing answered
  ) {
    super(message);
  }
}

const usualPatienceMs = 15_000;

// Whether the server was heard when it was last asked, as far as the device does not know better.
export const reachable = new Store(navigator.onLine);

function hear(heard: boolean): void {
  if (reachable.value !== heard) reachable.set(heard);
}

window.addEventListener("online", () => hear(true));
window.addEventListener("offline", () => hear(false));

let csrfToken = "";
let onSignedOut: () => void = () => undefined;

export function useCsrfToken(token: string): void {
  csrfToken = token;
}

// Called when the server says that nobody is signed in any more.
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

export type Query = Record<string, string | number | undefined>;

export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  patienceMs = usualPatienceMs,
  idempotencyKey = "",
): Promise<T> {
  const response = await exchange(method, path, body, patienceMs, idempotencyKey);
  const text = await response.text().catch(() => {
    throw new ConnectionError("the answer was cut off");
  });
  if (response.ok) return (text === "" ? undefined : JSON.parse(text)) as T;
  if (isPassing(response.status)) {
    throw new ConnectionError(`answered ${response.status}`, retryAfterMs(response), response.status);
  }
  const refusal = refusalOf(response.status, text);
  if (refusal.status === 401 && !path.startsWith("/session")) onSignedOut();
  throw refusal;
}

export interface SendOptions {
  patienceMs?: number;
  idempotencyKey?: string;
}

// Calls an operation of made/api/ops.ts.
export function send<Request, Reply>(
  operation: Operation<Request, Reply>,
  request: Request,
  { patienceMs = usualPatienceMs, idempotencyKey = "" }: SendOptions = {},
): Promise<Reply> {
  const { method, path, body } = requestOf(operation, request);
  return call<Reply>(method, path, body, patienceMs, idempotencyKey);
}

async function exchange(
  method: string,
  path: string,
  body: unknown,
  patienceMs: number,
  idempotencyKey: string,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (idempotencyKey !== "") headers["Idempotency-Key"] = idempotencyKey;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && csrfToken !== "") headers["X-CSRF-Token"] = csrfToken;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  try {
    const response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      signal: patience.signal,
    });
    hear(true);
    return response;
  } catch {
    hear(false);
    throw new ConnectionError("no connection");
  } finally {
    clearTimeout(timer);
  }
}

// Answers that say nothing about the request itself.
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After") ?? "0");
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 0;
}

function refusalOf(status: number, text: string): ApiError {
  try {
    const problem = JSON.parse(text) as Record<string, unknown> & {
      code?: string;
      detail?: string;
      title?: string;
      request_id?: string;
    };
    const detail = problem.detail || problem.title || "";
    return new ApiError(status, problem.code ?? "", detail, problem.request_id ?? "", problem);
  } catch {
    return new ApiError(status, "", "", "");
  }
}
