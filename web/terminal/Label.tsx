// A parcel's label, 100 × 70 mm: what people read, a QR code for phones, Code 128 for scanners. What is on the
// screen is what is printed; terminal.css hides all else from the printer.
import { useEffect, useRef, useState } from "preact/hooks";
import { shortOrder } from "./codes";
import type { Task } from "./tasks";
import { dateText, t } from "./texts";
import { siteTitle } from "./work";

interface Props {
  task: Task;
  code: string;
  printAtOnce?: boolean;
}

export function Label({ task, code, printAtOnce = false }: Props) {
  const bars = useRef<HTMLDivElement>(null);
  const square = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const [made] = useState(Date.now());

  useEffect(() => {
    let over = false;
    const draw = async (): Promise<void> => {
      // Large, and needed by nobody who has bags with codes on them.
      const { code128, qr } = await import("./barcodes");
      if (over) return;
      bars.current?.replaceChildren(code128(code));
      square.current?.replaceChildren(qr(`bramble:${task.order_id}/${task.task_id}`));
      if (printAtOnce) window.print();
    };
    draw().catch(() => setFailed(true));
    return () => {
      over = true;
    };
  }, [code, task.order_id, task.task_id, printAtOnce]);

  return (
    <section class="label" aria-label={`${t("packageCode")} ${code}`} data-testid="label">
      <div class="label__head">
        <div class="label__text">
          <p class="label__brand">Bramble</p>
          <p class="label__order" translate={false}>
            {shortOrder(task.order_id)}
          </p>
          <p class="label__site">{siteTitle(task.site_id)}</p>
          <p class="label__small">{dateText(made)}</p>
          <p class="label__small" translate={false}>
            {task.task_id.slice(-12)}
          </p>
        </div>
        <div class="label__square" ref={square} />
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
