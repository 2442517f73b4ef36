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

// "8 (900) 123-45-67" and the like, without spaces and what copying brings along. Which number it is, the
// server says; here it is only told from the numbers of other things.
export function phoneIn(text: string): string | undefined {
  const plain = text.replace(
    /[\s./\u00AD\u200B-\u200F\u2010-\u2015\u202A-\u202E\u2060-\u206F\u2212\uFEFF-]/g,
    "",
  );
  if (!/^[+(]?[\d()+]+$/.test(plain)) return undefined;
  if (plain.includes("+")) return plain;
  const digits = plain.replace(/\D/g, "");
  const grouped = plain !== text || digits !== plain;
  const mobile = /^([78]\d|9)\d{9}$/.test(digits);
  return mobile || (grouped && digits.length >= 10) ? plain : undefined;
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
  // A short number, a barcode, an article, a parcel or a name: the server looks wherever it may be one.
  return /[\p{L}\p{N}]{2}/u.test(text) && text.length <= 100 ? pathTo("found", "", { q: text }) : undefined;
}
