// What the device keeps and makes by itself. Storage may be full, forbidden or broken: then nothing is kept.

// A UUID. crypto.randomUUID is missing on plain http, where warehouses often are.
export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`staff.${key}`, JSON.stringify(value));
  } catch {
    // Nothing depends on it but comfort.
  }
}

export function recall<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(`staff.${key}`);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(`staff.${key}`);
  } catch {
    // As above.
  }
}
