// What a scanned or typed text can be, before anybody is asked.

// Without spaces and without the symbology prefix ("]C1", "]E0") that some scanners send.
export function tidyCode(text: string): string {
  return text.trim().replace(/^\][A-Za-z][0-9A-Za-z]/, "");
}

const longestGtin = 14;

// Digits of a GTIN's length whose last is the right check digit.
function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text) || /^0+$/.test(text)) return false;
  const sum = [...text].reverse().reduce((all, digit, at) => all + Number(digit) * (at % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}

// What goods are compared by, as the server does it (base/goods_code.h): a GTIN has fourteen digits, also that of
// a GS1 symbol ("01…21…", "(01)…(21)…"); every other code is a text.
export function goodsKey(text: string): string {
  const code = tidyCode(text).replace(/^\u001d/, "");
  const gtin = isGtin(code) ? code : /^(?:01|\(01\))(\d{14})/.exec(code)?.[1];
  return gtin !== undefined && isGtin(gtin) ? gtin.padStart(longestGtin, "0") : code;
}

export function sameGoods(left: string, right: string): boolean {
  return sameCode(goodsKey(left), goodsKey(right));
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
