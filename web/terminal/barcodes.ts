// Barcodes as SVG elements, by bwip-js (MIT). A chunk of its own: only labels need it.
import { code128 as drawCode128, drawingSVG } from "bwip-js/browser";
import { element } from "../staff/qr";

export { qr } from "../staff/qr";

export function code128(text: string): SVGElement {
  return element(drawCode128({ bcid: "code128", text, height: 14, includetext: false }, drawingSVG()));
}
