// Makes an emoji's drawing smaller without making it look different: what its export left over is dropped,
// names are short, numbers have as many digits as a screen can show, and the colours of glows are written as
// colours, so that they can be changed with the rest.

const paths = / (d|gradientTransform|transform)="([^"]*)"/g;

// Two digits; a number that ends or vanishes must not melt into its neighbour.
function shortNumber(number, next) {
  const value = Number(number);
  let short = String(Math.round(value * 100) / 100).replace(/^(-?)0\./, "$1.");
  if (short === "-0") short = "0";
  if (number.startsWith("-") && !short.startsWith("-")) short = ` ${short}`;
  if (number.startsWith("+") || (number.startsWith(".") && !short.startsWith("."))) short = ` ${short}`;
  return next === "." && !short.includes(".") ? `${short} ` : short;
}

function shortNumbers(text) {
  return text.replace(/[-+]?\d*\.\d+(?=(.?))/g, (number, next) => shortNumber(number, next));
}

// Every glow begins with an empty flood below the drawing itself, which is the drawing itself.
function withoutEmptyFloods(body) {
  return body
    .replace(/<feFlood flood-opacity="0" result="BackgroundImageFix"\/>/g, "")
    .replace(/<feBlend in="SourceGraphic" in2="BackgroundImageFix" result="shape"\/>/g, "")
    .replace(/in2="shape"/g, 'in2="SourceGraphic"');
}

const hex = (share) =>
  Math.round(Number(share) * 255)
    .toString(16)
    .padStart(2, "0");

// Glows are cut out by a shape without half-tones, whose edge is jagged where it is drawn large: the drawing's own
// shape does as well.
function withSoftEdges(body) {
  const hard = /<feColorMatrix in="SourceAlpha" result="hardAlpha" values="[^"]*"\/><(fe\w+)( in="[^"]*")?/g;
  return body
    .replace(hard, (_all, next, input) => `<${next}${input ?? ' in="SourceAlpha"'}`)
    .replace(/"hardAlpha"/g, '"SourceAlpha"');
}

// "Everything of one colour" as a flood instead of as a matrix.
function withGlowColours(body) {
  const composite = '<feComposite in2="SourceAlpha" k2="-1" k3="1" operator="arithmetic"/>';
  const matrix = /<feColorMatrix values="0 0 0 0 (\S+) 0 0 0 0 (\S+) 0 0 0 0 (\S+) 0 0 0 (\S+) 0"\/>/g;
  return body.replace(
    new RegExp(composite.replace(/[/]/g, "\\/") + matrix.source, "g"),
    (_all, r, g, b, alpha) => {
      const opacity = alpha === "1" ? "" : ` flood-opacity="${alpha}"`;
      return (
        composite.replace("/>", ' result="s"/>') +
        `<feFlood flood-color="#${hex(r)}${hex(g)}${hex(b)}"${opacity}/><feComposite in2="s" operator="in"/>`
      );
    },
  );
}

function shortResults(body) {
  return body.replace(/<filter[^]*?<\/filter>/g, (filter) => {
    let count = 0;
    for (const [, name] of [...filter.matchAll(/ result="([^"]*)"/g)]) {
      const used = filter.includes(`in="${name}"`) || filter.includes(`in2="${name}"`);
      if (!used) filter = filter.replace(` result="${name}"`, "");
      else if (name.length > 2) filter = filter.replaceAll(`"${name}"`, `"r${count++}"`);
    }
    return filter;
  });
}

function shortNames(body) {
  const names = [...new Set([...body.matchAll(/ id="([^"]*)"/g)].map(([, name]) => name))];
  const short = new Map(names.map((name, at) => [name, `a${at.toString(36)}`]));
  return body
    .replace(/ id="([^"]*)"/g, (_all, name) => ` id="${short.get(name)}"`)
    .replace(/url\(#([^)]*)\)/g, (_all, name) => `url(#${short.get(name)})`)
    .replace(/href="#([^"]*)"/g, (_all, name) => `href="#${short.get(name)}"`);
}

// Colours in one way only: "#rrggbb".
function longColours(body) {
  return body
    .replace(/"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])"/g, '"#$1$1$2$2$3$3"')
    .replace(/"(fff|white)"/g, '"#ffffff"')
    .replace(/"black"/g, '"#000000"');
}

// A policy without inline style would drop them.
function withoutStyles(body) {
  const plain = body.replace(/ style="mask-type:(\w+)"/g, ' mask-type="$1"');
  if (plain.includes(" style=")) throw new Error("a drawing has a style that no attribute stands for");
  return plain;
}

export function smaller(body) {
  const short = shortNames(
    shortResults(withGlowColours(withSoftEdges(withoutEmptyFloods(longColours(withoutStyles(body)))))),
  );
  return short
    .replace(paths, (_all, name, value) => ` ${name}="${shortNumbers(value)}"`)
    .replace(
      / (x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|fx|fy|width|height|stdDeviation|offset|stroke-width)="([^"]*)"/g,
      (_all, name, value) => ` ${name}="${shortNumbers(value).trim()}"`,
    )
    .replace(/ color-interpolation-filters="sRGB"/g, "")
    .replace(/<filter /g, '<filter color-interpolation-filters="sRGB" ');
}
