// One operation of an HTTP API, as made/api/*.ts list them, and the request that a call of it sends. No program's
// transport is known here: web/staff/api.ts has that of the staff's programs.

export interface Operation<Request, Reply> {
  readonly method: string;
  readonly path: string; // "/api/v1/orders/{order_id}"
  readonly hasBody?: boolean;
  readonly idempotent?: boolean; // wants an Idempotency-Key
  readonly types?: (request: Request) => Reply; // never set: it makes the types part of the operation
}

export interface RequestParts {
  readonly method: string;
  readonly path: string; // with its query
  readonly body?: unknown;
}

type Value = string | number | boolean;

// Puts the fields of a request where the operation has them: into the path, and the rest into the query or the body.
export function requestOf<Request>(operation: Operation<Request, unknown>, request: Request): RequestParts {
  const rest: Record<string, unknown> = { ...(request as object | undefined) };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = encodeURIComponent(String(rest[name]));
    delete rest[name];
    return value;
  });
  if (operation.hasBody) return { method: operation.method, path, body: rest };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, String(one as Value));
    }
  }
  const text = query.toString();
  return { method: operation.method, path: text === "" ? path : `${path}?${text}` };
}
