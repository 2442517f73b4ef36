// QR codes as SVG elements, by bwip-js (MIT). A chunk of its own: few screens need it.
import { drawingSVG, qrcode } from "bwip-js/browser";

export function element(svg: string): SVGElement {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const drawn = document.importNode(parsed, true) as unknown as SVGElement;
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("preserveAspectRatio", "xMidYMid meet");
  return drawn;
}

// With the error correction of "M": labels get scratched.
export function qr(text: string): SVGElement {
  const options = { bcid: "qrcode", text, eclevel: "M" };
  return element(qrcode(options, drawingSVG()));
}
