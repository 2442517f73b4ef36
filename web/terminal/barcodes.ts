// Barcodes as SVG elements, by bwip-js (MIT). A chunk of its own: only labels need it.
import { code128 as drawCode128, drawingSVG, qrcode } from "bwip-js/browser";

function element(svg: string): SVGElement {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const drawn = document.importNode(parsed, true) as unknown as SVGElement;
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("preserveAspectRatio", "xMidYMid meet");
  return drawn;
}

export function code128(text: string): SVGElement {
  return element(drawCode128({ bcid: "code128", text, height: 14, includetext: false }, drawingSVG()));
}

// With the error correction of "M": labels get scratched.
export function qr(text: string): SVGElement {
  const options = { bcid: "qrcode", text, eclevel: "M" };
  return element(qrcode(options, drawingSVG()));
}
