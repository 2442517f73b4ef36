// What somebody typed or pasted into the search box, as the place where it is found.
import { pathTo } from "./address";

export const statuses = [
  "PENDING_PAYMENT",
  "PAID",
  "ASSEMBLING",
  "READY_TO_SHIP",
  "IN_TRANSIT",
  "AT_PICKUP_POINT",
  "DELIVERED",
  "CANCELLED",
  "EXPIRED",
  "REFUNDED",
  "RETURNED",
];

// "8 (900) 123-45-67" and the like; Russian numbers may come without their +7.
export function phoneIn(text: string): string | undefined {
  if (!/^[+\d][\d\s()-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, "");
  if (text.startsWith("+") && digits.length >= 8 && digits.length <= 15) return `+${digits}`;
  if (digits.length === 11 && (digits[0] === "8" || digits[0] === "7")) return `+7${digits.slice(1)}`;
  if (digits.length === 10 && digits[0] === "9") return `+7${digits}`;
  return undefined;
}

// Nothing: that is not anything we could look for.
export function placeOf(typed: string): string | undefined {
  const text = typed.trim().replace(/^["'`]+|["'`.,;]+$/g, "");
  const id = /\b(ord|usr|sku|pay)_[0-9A-Za-z_-]{1,60}\b/.exec(text);
  if (id) {
    const prefix = id[1];
    if (prefix === "ord") return pathTo("order", id[0]);
    if (prefix === "sku") return pathTo("sku", id[0]);
    if (prefix === "pay") return pathTo("orders", "", { payment_id: id[0] });
    return pathTo("orders", "", { user_id: id[0] });
  }
  const phone = phoneIn(text);
  if (phone !== undefined) return pathTo("orders", "", { phone });
  const status = text.toUpperCase().replace(/[\s-]+/g, "_");
  if (statuses.includes(status)) return pathTo("orders", "", { status });
  if (/^[a-zA-Z0-9_.-]{1,64}$/.test(text)) return pathTo("orders", "", { package_barcode: text });
  return undefined;
}
