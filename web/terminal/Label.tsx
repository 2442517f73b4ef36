// A parcel's label, 100 × 70 mm: where it goes, as large as there is room; which of the order's it is; a QR code for
// phones, Code 128 for scanners. What is on the screen is what is printed; label.css hides all else from the printer.
import { useEffect, useRef, useState } from "preact/hooks";
import { shortOrder } from "./codes";
import { directionOf, type Task } from "./tasks";
import { dateText, parcelText, t } from "./texts";
import { siteTitle } from "./work";

interface Props {
  task: Task;
  code: string;
  onDrawn: () => void;
}

export function Label({ task, code, onDrawn }: Props) {
  const { destination, parcel } = task;
  const whole = useRef<HTMLElement>(null);
  const bars = useRef<HTMLDivElement>(null);
  const square = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const [made] = useState(Date.now());
  const drawn = useRef(onDrawn);
  drawn.current = onDrawn;

  useEffect(() => {
    let over = false;
    const draw = async (): Promise<void> => {
      // Large, and needed by nobody who has bags with codes on them.
      const { code128, qr } = await import("./barcodes");
      if (over) return;
      bars.current?.replaceChildren(code128(code));
      square.current?.replaceChildren(qr(`bramble:${task.order_id}/${task.task_id}`));
      drawn.current();
    };
    draw().catch(() => setFailed(true));
    return () => {
      over = true;
    };
  }, [code, task.order_id, task.task_id]);

  // It is made below what was on the screen.
  useEffect(() => whole.current?.scrollIntoView?.({ block: "nearest" }), []);

  return (
    <section class="label" ref={whole} aria-label={`${t("packageCode")} ${code}`} data-testid="label">
      <div class="label__head">
        <div class="label__text">
          <p class="label__direction" data-testid="label-direction" translate={false}>
            {destination === undefined ? t("noDestination") : directionOf(destination)}
          </p>
          {destination !== undefined && (
            <>
              <p class="label__point">{destination.title}</p>
              <p class="label__address" data-testid="label-address">
                {destination.address}
              </p>
            </>
          )}
        </div>
        <div class="label__side">
          <div class="label__square" ref={square} />
          {parcel !== undefined && parcel.of !== 1 && (
            <p class="label__parcel" data-testid="label-parcel">
              {parcelText(parcel.number, parcel.of)}
            </p>
          )}
        </div>
      </div>
      <div class="label__foot">
        <p class="label__order" translate={false}>
          {shortOrder(task.order_id)}
        </p>
        <p class="label__small">
          {siteTitle(task.site_id)}
          <br />
          {dateText(made)}
        </p>
      </div>
      <div class="label__bars" ref={bars} />
      <p class="label__code" translate={false}>
        {code}
      </p>
      {failed && (
        <p class="label__failed" role="alert">
          {t("noConnection")}
        </p>
      )}
    </section>
  );
}
