// Pickup points: [data-near-me] asks where the buyer is and sends its form with `lat` and `lon`;
// [data-point-map] draws the listed points ([data-lat][data-lon]) as a sketch: no tiles, no third party.
import { element, glide, svgElement } from "./elements";
import { setBusy } from "./once";
import { formAddress, swapTo } from "./swap";
import { toast } from "./toast";
import { words } from "./words";

export interface Place {
  lat: number;
  lon: number;
}

export interface Sketch {
  width: number;
  height: number;
  metresPerUnit: number;
  at: (place: Place) => { x: number; y: number };
}

const metresPerDegree = 111_320;
const margin = 34;
// Where a drawing has no size yet.
const usualSize = { width: 640, height: 300 };
// A single point, or points in one house, are not blown up without end.
const smallestSpanMetres = 600;
const ringSteps = [
  100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000,
];

// Flat is right enough for a town. North is up, the middle is the middle of all places.
export function sketchOf(places: Place[], size = usualSize): Sketch {
  const lats = places.map(({ lat }) => lat);
  const lons = places.map(({ lon }) => lon);
  const middle = {
    lat: (Math.min(...lats) + Math.max(...lats)) / 2,
    lon: (Math.min(...lons) + Math.max(...lons)) / 2,
  };
  const east = metresPerDegree * Math.cos((middle.lat * Math.PI) / 180);
  const spanX = Math.max((Math.max(...lons) - Math.min(...lons)) * east, smallestSpanMetres);
  const spanY = Math.max((Math.max(...lats) - Math.min(...lats)) * metresPerDegree, smallestSpanMetres / 2);
  const metresPerUnit = Math.max(spanX / (size.width - 2 * margin), spanY / (size.height - 2 * margin));
  return {
    ...size,
    metresPerUnit,
    at: ({ lat, lon }) => ({
      x: Math.round(size.width / 2 + ((lon - middle.lon) * east) / metresPerUnit),
      y: Math.round(size.height / 2 - ((lat - middle.lat) * metresPerDegree) / metresPerUnit),
    }),
  };
}

export function lengthText(metres: number): string {
  return metres < 1000 ? `${metres} ${words.metres}` : `${metres / 1000} ${words.kilometres}`;
}

function rings(sketch: Sketch, centre: { x: number; y: number }): SVGElement[] {
  const wanted = sketch.metresPerUnit * 60;
  const step = ringSteps.find((metres) => metres >= wanted) ?? ringSteps[ringSteps.length - 1]!;
  return [1, 2, 3, 4].flatMap((ring) => {
    const radius = (ring * step) / sketch.metresPerUnit;
    return [
      svgElement("circle", { class: "point-map__ring", cx: centre.x, cy: centre.y, r: radius }),
      svgElement(
        "text",
        { class: "point-map__label", x: centre.x + 4, y: centre.y - radius - 4 },
        lengthText(ring * step),
      ),
    ];
  });
}

function placeOf(element: HTMLElement): Place | undefined {
  const { lat, lon } = element.dataset;
  if (!lat || !lon) return undefined;
  const place = { lat: Number(lat), lon: Number(lon) };
  return Number.isFinite(place.lat) && Number.isFinite(place.lon) ? place : undefined;
}

interface Point {
  item: HTMLElement;
  input: HTMLInputElement;
  place: Place;
}

function listedPoints(): Point[] {
  return [...document.querySelectorAll<HTMLElement>(".point-list__item")].flatMap((item) => {
    const input = item.querySelector<HTMLInputElement>("input[type=radio]");
    const place = placeOf(item);
    return input && place ? [{ item, input, place }] : [];
  });
}

function pin(point: Point, number: number, at: { x: number; y: number }): SVGElement {
  const made = svgElement(
    "g",
    { class: "point-map__pin", transform: `translate(${at.x} ${at.y})` },
    svgElement("circle", { r: 13 }),
    svgElement("text", {}, String(number)),
  );
  made.addEventListener("click", () => {
    point.input.checked = true;
    point.input.dispatchEvent(new Event("change", { bubbles: true }));
    point.item.scrollIntoView({ block: "nearest", behavior: glide() });
  });
  return made;
}

export function pointMap(root: HTMLElement): void {
  const points = listedPoints();
  if (points.length === 0) {
    root.hidden = true;
    return;
  }
  const here = placeOf(root);
  root.hidden = false;
  const drawing = svgElement("svg", { class: "point-map__drawing", role: "img", "aria-label": words.map });
  root.replaceChildren(drawing);
  // One unit is one pixel, so that pins are as large on a phone as elsewhere.
  const { width, height } = drawing.getBoundingClientRect();
  const sketch = sketchOf(
    [...points.map(({ place }) => place), ...(here ? [here] : [])],
    width > 0 ? { width, height } : usualSize,
  );
  drawing.setAttribute("viewBox", `0 0 ${sketch.width} ${sketch.height}`);
  const centre = here ? sketch.at(here) : { x: sketch.width / 2, y: sketch.height / 2 };
  drawing.append(...rings(sketch, centre));
  if (here)
    drawing.append(svgElement("circle", { class: "point-map__here", cx: centre.x, cy: centre.y, r: 8 }));
  const pins = points.map((point, index) => pin(point, index + 1, sketch.at(point.place)));
  // The nearest lie on top.
  drawing.append(...[...pins].reverse());
  const showChosen = (): void => {
    points.forEach(({ input }, index) =>
      pins[index]!.classList.toggle("point-map__pin--chosen", input.checked),
    );
    const chosen = points.findIndex(({ input }) => input.checked);
    if (chosen >= 0) drawing.append(pins[chosen]!);
  };
  points.forEach(({ item, input }, index) => {
    input.addEventListener("change", showChosen);
    item
      .querySelector(".point-list__title")
      ?.prepend(element("span", { class: "point-list__number", "aria-hidden": "true" }, String(index + 1)));
  });
  showChosen();
}

export function nearMe(button: HTMLElement): void {
  const form = button.closest("form");
  if (!form || !("geolocation" in navigator)) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", () => {
    setBusy(button, true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const address = new URL(formAddress(form));
        // The three digits are about a hundred metres: near enough, and no more than needed.
        address.searchParams.set("lat", coords.latitude.toFixed(3));
        address.searchParams.set("lon", coords.longitude.toFixed(3));
        address.searchParams.delete("near");
        void swapTo(address.href).finally(() => setBusy(button, false));
      },
      () => {
        setBusy(button, false);
        toast(words.nowhere, { kind: "error" });
      },
      { timeout: 10_000, maximumAge: 300_000 },
    );
  });
}
