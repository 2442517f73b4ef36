// What a scanned or typed text can be, before anybody is asked.

// Without spaces and without the symbology prefix ("]C1", "]E0") that some scanners send.
export function tidyCode(text: string): string {
  return text.trim().replace(/^\][A-Za-z][0-9A-Za-z]/, "");
}

export function sameCode(left: string, right: string): boolean {
  return left.toUpperCase() === right.toUpperCase();
}

// Bins are words with a dash between their parts, "A-01-1"; goods have numbers or "sku_…".
export function looksLikeBin(code: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)+$/.test(code);
}

// Bins of one site are named alike: "A-12-3" and "B-1-10", but not "PKG-7".
export function sameShape(left: string, right: string): boolean {
  const shape = (code: string): string => code.replace(/[A-Za-z]+/g, "a").replace(/[0-9]+/g, "9");
  return shape(left) === shape(right);
}

export function isWord(code: string): boolean {
  return /^[a-zA-Z0-9_.-]{1,64}$/.test(code);
}

// "ord_0198c2f1…a1b2c3d4" is too long to be read out: its end tells orders apart.
export function shortOrder(order: string): string {
  return order.slice(-6).toUpperCase();
}

// A barcode for a parcel, unlike that of any goods: "BP" and twelve random digits, which Code 128 packs well.
export function newPackageBarcode(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(2));
  const digits = (number: number): string => String(number % 1_000_000).padStart(6, "0");
  return `BP${digits(numbers[0]!)}${digits(numbers[1]!)}`;
}
