// What a short number, a barcode, an article or a name stands for. One thing alone is opened at once.
import { useEffect } from "preact/hooks";
import { Icon } from "../design/Icon";
import { withQuery } from "../staff/api";
import { go, pathTo } from "./address";
import type { FoundPage, FoundThing } from "./facts";
import { Copy, Empty, Failed, Link, Loading, Missing } from "./parts";
import { useFacts } from "./reading";
import { t, type TextKey } from "./texts";
import { wordOf } from "./words";

const kinds: Record<FoundThing["kind"], { icon: string; name: TextKey }> = {
  order: { icon: "receipt", name: "order" },
  goods: { icon: "boxes", name: "goods" },
  site: { icon: "warehouse", name: "site" },
  point: { icon: "map-pin", name: "pickupPoint" },
};

function placeOf(thing: FoundThing): string | undefined {
  if (thing.kind === "order") return pathTo("order", thing.id);
  if (thing.kind === "goods") return pathTo("sku", thing.id);
  return undefined;
}

function detailOf(thing: FoundThing): string {
  if (thing.kind !== "order") return thing.detail;
  const [status = "", ...rest] = thing.detail.split(" · ");
  return [wordOf("status", status), ...rest].join(" · ");
}

function Thing({ thing }: { thing: FoundThing }) {
  const { icon, name } = kinds[thing.kind];
  const place = placeOf(thing);
  const title = thing.kind === "order" ? `${t("order")} ${thing.id.slice(-6).toUpperCase()}` : thing.title;
  return (
    <li class="panel found__thing" data-testid="found" data-kind={thing.kind}>
      <Icon name={icon} />
      <div>
        <p class="found__title">
          {place === undefined ? title : <Link to={place}>{title}</Link>}
        </p>
        <p class="quiet">
          {t(name)}
          {thing.detail === "" ? "" : ` · ${detailOf(thing)}`} · {thing.id}
          <Copy text={thing.id} />
        </p>
      </div>
    </li>
  );
}

export function Found({ query }: { query: Record<string, string> }) {
  const text = query.q ?? "";
  const { value, failure, again } = useFacts<FoundPage>(
    text === "" ? undefined : withQuery("/api/v1/find", { q: text }),
  );
  const only = value?.items.length === 1 && value.missing.length === 0 ? value.items[0] : undefined;
  const place = only === undefined ? undefined : placeOf(only);
  useEffect(() => {
    if (place !== undefined) go(place, "replace");
  }, [place]);
  return (
    <>
      <div class="room__head">
        <h1>
          {t("foundTitle")} «{text}»
        </h1>
      </div>
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && <Missing parts={value.missing} />}
      {value !== undefined && value.items.length === 0 && (
        <Empty title={t("foundNothing")} hint={t("notUnderstood")} icon="search" />
      )}
      <ul class="found">
        {value?.items.map((thing) => (
          <Thing key={`${thing.kind} ${thing.id}`} thing={thing} />
        ))}
      </ul>
    </>
  );
}
