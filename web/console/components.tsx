// Small pieces that several screens are made of.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { failureTextOf, isOffline } from "../staff/failures";
import { follow, pathTo, type Screen } from "./address";
import type { MissingPart, Money, Names } from "./api_types";
import { age, clockTime, isTime, money, orderNumber, shortId, utcTime } from "./format";
import { t } from "./texts";
import { codeText, type CodeGroup } from "./code_texts";

export function Link({
  to,
  children,
  class: name,
}: {
  to: string;
  children: ComponentChildren;
  class?: string;
}) {
  return (
    <a href={to} onClick={follow} class={name}>
      {children}
    </a>
  );
}

// Local time; UTC for who points at it.
export function When({ at, precise, ago }: { at: string | undefined; precise?: boolean; ago?: boolean }) {
  if (!isTime(at)) return <>—</>;
  return (
    <time dateTime={at} title={utcTime(at)} class="when">
      {clockTime(at, precise)}
      {ago && (
        <>
          {" "}
          <span class="when__age">{age(at)}</span>
        </>
      )}
    </time>
  );
}

export function Amount({ of }: { of: Money }) {
  return <span class="amount">{money(of)}</span>;
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // On plain http there is no clipboard: a selected field is as good.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

export function Copy({ text }: { text: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button
      type="button"
      class="copy"
      aria-label={done ? t("copied") : `${t("copy")} ${text}`}
      title={t("copy")}
      onClick={() => void toClipboard(text).then(setDone)}
    >
      <Icon name={done ? "check" : "copy"} />
    </button>
  );
}

const screenOf: Record<string, Screen> = { ord: "order", sku: "sku" };

// An id that can be copied; one of a thing that has a page leads there.
export function Id({ of, whole }: { of: string; whole?: boolean }) {
  if (of === "") return <>—</>;
  const screen = screenOf[of.split("_")[0] ?? ""];
  const text = whole ? of : screen === "order" ? orderNumber(of) : shortId(of);
  return (
    <span class="id" title={of}>
      {screen === undefined ? (
        <span class="id__text">{text}</span>
      ) : (
        <Link to={pathTo(screen, of)} class="id__text">
          {text}
        </Link>
      )}
      <Copy text={of} />
    </span>
  );
}

// A name where somebody knows it; the id can be copied all the same.
export function Named({ of, names }: { of: string; names: Names }) {
  const name = names[of];
  if (name === undefined || name === "") return <Id of={of} />;
  const screen = screenOf[of.split("_")[0] ?? ""];
  return (
    <span class="id id--name" title={of}>
      {screen === undefined ? name : <Link to={pathTo(screen, of)}>{name}</Link>}
      <Copy text={of} />
    </span>
  );
}

// Staff by their names; what a service did of itself, by the service's.
export function Person({ of, names }: { of: string; names: Names }) {
  if (/^usr_/.test(of)) return <Named of={of} names={names} />;
  return of === "" ? <>—</> : <Coded of={of} group="module" />;
}

const good = new Set(["PAID", "CAPTURED", "DELIVERED", "CLAIMED", "READY_TO_SHIP", "done", "taken"]);
const bad = new Set(["DECLINED", "dead"]);
const mild = new Set(["CANCELLED", "EXPIRED", "REFUNDED", "RETURNED", "RELEASED", "cancelled", "waiting"]);

export function Status({
  of,
  group,
}: {
  of: string;
  group: "status" | "payment" | "hold" | "task" | "receipt";
}) {
  const kind = good.has(of) ? "success" : bad.has(of) ? "error" : mild.has(of) ? "warning" : "info";
  return (
    <span class={`badge badge--${kind}`} title={of}>
      {codeText(group, of)}
    </span>
  );
}

// A word for a code; the code itself for who points at it.
export function Coded({ of, group }: { of: string; group: CodeGroup }) {
  return <span title={of}>{codeText(group, of)}</span>;
}

export function Loading() {
  return (
    <div class="quiet" role="status">
      <span class="spinner" aria-hidden="true" /> {t("loading")}
    </div>
  );
}

export function EmptyState({
  title,
  hint,
  icon = "circle-check",
}: {
  title: string;
  hint?: string;
  icon?: string;
}) {
  return (
    <div class="empty-state">
      <span class="empty-state__icon" aria-hidden="true">
        <Icon name={icon} />
      </span>
      <p class="empty-state__title">{title}</p>
      {hint !== undefined && <p class="empty-state__text">{hint}</p>}
    </div>
  );
}

export const failureText = (failure: unknown): string => failureTextOf(failure, t);

export function Failed({ failure, again }: { failure: unknown; again: () => void }) {
  return (
    <div class="notice notice--error" role="alert">
      <Icon name={isOffline(failure) ? "wifi-off" : "triangle-alert"} />
      <div class="notice__text">
        <strong class="notice__title">{t("failed")}</strong>
        {failureText(failure)}
        <div class="notice__actions">
          <button type="button" class="button button--quiet" onClick={again}>
            <Icon name="refresh-cw" /> {t("tryAgain")}
          </button>
        </div>
      </div>
    </div>
  );
}

export function Missing({ parts }: { parts: MissingPart[] }) {
  if (parts.length === 0) return null;
  return (
    <div class="notice notice--warning" role="status">
      <Icon name="triangle-alert" />
      <div class="notice__text">
        <strong class="notice__title">{t("missing")}</strong>
        <ul>
          {parts.map((part) => (
            <li key={part.part + part.detail}>
              {codeText("part", part.part)}: {part.detail}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ComponentChildren;
  number?: boolean;
}

interface RowsProps<Row> {
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  caption: string;
  hideCaption?: boolean;
}

// Records in rows; on a phone each is a card whose values name themselves.
export function Rows<Row>({ columns, rows, keyOf, caption, hideCaption = true }: RowsProps<Row>) {
  if (rows.length === 0) return <p class="quiet">{t("nothingHere")}</p>;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="table rows">
        <caption class={hideCaption ? "visually-hidden" : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" class={column.number ? "table__number" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td
                  key={column.label}
                  data-label={column.label}
                  class={column.number ? "table__number" : undefined}
                >
                  <div class="rows__cell">{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// A name and what it is, side by side.
export function Facts({ of }: { of: [string, ComponentChildren][] }) {
  return (
    <dl class="card-facts">
      {of.map(([name, value]) => (
        <div key={name} class="card-facts__one">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Section({
  title,
  children,
  id,
}: {
  title: string;
  children: ComponentChildren;
  id?: string;
}) {
  return (
    <section class="part" id={id}>
      <h2 class="part__title">{title}</h2>
      {children}
    </section>
  );
}

// Links to the next page and back to the first.
export function Pages({ first, next }: { first: string | undefined; next: string | undefined }) {
  if (first === undefined && next === undefined) return null;
  return (
    <nav class="pages" aria-label={t("page")}>
      {first !== undefined && (
        <Link to={first} class="button button--quiet">
          <Icon name="chevron-left" /> {t("toBegin")}
        </Link>
      )}
      {next !== undefined && (
        <Link to={next} class="button button--quiet">
          {t("older")} <Icon name="chevron-right" />
        </Link>
      )}
    </nav>
  );
}
