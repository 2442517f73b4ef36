// What a short number, a barcode, an article or a name stands for: the first of every kind, or all of one. One thing
// alone is opened at once.
import { useEffect } from "preact/hooks";
import { Icon } from "../design/Icon";
import { withQuery } from "../staff/api";
import { go, pathTo } from "./address";
import type { FoundCount, FoundPage, FoundThing } from "./api_types";
import { Copy, EmptyState, Failed, Link, Loading, Missing, Section } from "./components";
import { useFetched } from "./fetching";
import { count, orderNumber } from "./format";
import { t, type TextKey } from "./texts";
import { codeText } from "./code_texts";

const kinds: Record<FoundThing["kind"], { icon: string; name: TextKey }> = {
  order: { icon: "receipt", name: "orders" },
  goods: { icon: "boxes", name: "allGoods" },
  site: { icon: "warehouse", name: "sites" },
  point: { icon: "map-pin", name: "points" },
};

function placeOf(thing: FoundThing): string | undefined {
  if (thing.kind === "order") return pathTo("order", thing.id);
  if (thing.kind === "goods") return pathTo("sku", thing.id);
  return undefined;
}

function detailOf(thing: FoundThing): string {
  if (thing.kind === "site") return codeText("site", thing.detail);
  if (thing.kind !== "order") return thing.detail;
  const [status = "", ...rest] = thing.detail.split(" · ");
  return [codeText("status", status), ...rest].join(" · ");
}

function Thing({ thing }: { thing: FoundThing }) {
  const place = placeOf(thing);
  const title = thing.kind === "order" ? `${t("order")} ${orderNumber(thing.id)}` : thing.title;
  const detail = detailOf(thing);
  return (
    <li class="panel found__thing" data-testid="found" data-kind={thing.kind}>
      <Icon name={kinds[thing.kind].icon} />
      <div>
        <p class="found__title">{place === undefined ? title : <Link to={place}>{title}</Link>}</p>
        <p class="quiet">
          {detail === "" ? "" : `${detail} · `}
          {thing.id}
          <Copy text={thing.id} />
        </p>
      </div>
    </li>
  );
}

// How many there are, as far as they were counted.
const many = (of: FoundCount): string => `${count(of.count)}${of.more ? "+" : ""}`;

interface KindProps {
  of: FoundCount;
  things: FoundThing[];
  text: string;
  alone: boolean;
}

function OneKind({ of, things, text, alone }: KindProps) {
  const rest = of.more || of.count > things.length;
  return (
    <Section title={`${t(kinds[of.kind].name)} · ${many(of)}`}>
      <ul class="found">
        {things.map((thing) => (
          <Thing key={thing.id} thing={thing} />
        ))}
      </ul>
      {rest && !alone && (
        <p class="pages">
          <Link to={pathTo("found", "", { q: text, kind: of.kind })} class="button button--quiet">
            {t("foundAll")} {many(of)} <Icon name="chevron-right" />
          </Link>
        </p>
      )}
      {rest && alone && (
        <p class="quiet">
          {t("foundFirst")} {count(things.length)}. {t("foundNarrow")}
        </p>
      )}
    </Section>
  );
}

export function Found({ query }: { query: Record<string, string> }) {
  const text = query.q ?? "";
  const { value, failure, again } = useFetched<FoundPage>(
    text === "" ? undefined : withQuery("/api/v1/find", { q: text, kind: query.kind }),
  );
  const only = value?.items.length === 1 && value.missing.length === 0 ? value.items[0] : undefined;
  const place = only === undefined || query.kind !== undefined ? undefined : placeOf(only);
  useEffect(() => {
    if (place !== undefined) go(place, "replace");
  }, [place]);
  return (
    <>
      <div class="screen__head">
        <h1>
          {t("foundTitle")} {t("quoteOpen")}
          {text}
          {t("quoteClose")}
        </h1>
        {query.kind !== undefined && (
          <Link to={pathTo("found", "", { q: text })} class="button button--quiet">
            <Icon name="chevron-left" /> {t("foundEveryKind")}
          </Link>
        )}
      </div>
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && <Missing parts={value.missing} />}
      {value !== undefined && value.items.length === 0 && (
        <EmptyState title={t("foundNothing")} hint={t("notUnderstood")} icon="search" />
      )}
      {value?.counts.map((of) => (
        <OneKind
          key={of.kind}
          of={of}
          things={value.items.filter(({ kind }) => kind === of.kind)}
          text={text}
          alone={query.kind !== undefined}
        />
      ))}
    </>
  );
}
