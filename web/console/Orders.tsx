// Orders by what somebody has in hand. One that can be only one is opened at once.
import { useEffect } from "preact/hooks";
import { Icon } from "../design/Icon";
import { withQuery } from "../staff/api";
import { go, pathTo } from "./address";
import type { FoundOrder, OrderPage } from "./api_types";
import { phoneIn, statuses } from "./find";
import { Amount, EmptyState, Failed, Id, Link, Loading, Pages, Rows, Status, When } from "./components";
import { useFetched } from "./fetching";
import { t } from "./texts";
import { codeText } from "./code_texts";

const filters = [
  "status",
  "sku_id",
  "user_id",
  "phone",
  "payment_id",
  "package_barcode",
  "since",
  "until",
] as const;

// The day as the reader means it, in its own time zone.
function momentOf(day: string | undefined, atItsEnd: boolean): string | undefined {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + (atItsEnd ? 1 : 0)).toISOString();
}

function Filters({ query }: { query: Record<string, string> }) {
  const show = (form: HTMLFormElement): void => {
    const fields = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]),
    );
    const phone =
      fields.phone === undefined || fields.phone === "" ? undefined : (phoneIn(fields.phone) ?? fields.phone);
    go(pathTo("orders", "", { ...fields, phone }));
  };
  return (
    <form
      class="filter-form"
      key={JSON.stringify(query)}
      onSubmit={(event) => {
        event.preventDefault();
        show(event.currentTarget);
      }}
    >
      <label class="field">
        <span class="field__label">{t("status")}</span>
        <span class="select">
          <select class="select__input" name="status" defaultValue={query.status ?? ""}>
            <option value="">{t("anyStatus")}</option>
            {statuses.map((status) => (
              <option key={status} value={status} selected={query.status === status}>
                {codeText("status", status)}
              </option>
            ))}
          </select>
        </span>
      </label>
      <Field name="sku_id" label={t("sku")} value={query.sku_id} hint="sku_…" pattern="sku_[0-9A-Za-z_\-]+" />
      <Field
        name="user_id"
        label={t("buyer")}
        value={query.user_id}
        hint="usr_…"
        pattern="usr_[0-9A-Za-z_\-]+"
      />
      <Field name="phone" label={t("phone")} value={query.phone} hint="+7…" type="tel" />
      <Field name="since" label={t("since")} value={query.since} type="date" />
      <Field name="until" label={t("until")} value={query.until} type="date" />
      <div class="filter-form__buttons">
        <button type="submit" class="button button--primary">
          {t("filter")}
        </button>
        <Link to={pathTo("orders")} class="button button--quiet">
          {t("clear")}
        </Link>
      </div>
    </form>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value: string | undefined;
  hint?: string;
  type?: string;
  pattern?: string;
}

function Field({ name, label, value, hint, type = "text", pattern }: FieldProps) {
  return (
    <label class="field">
      <span class="field__label">{label}</span>
      <input
        class="field__input"
        name={name}
        type={type}
        defaultValue={value ?? ""}
        placeholder={hint}
        pattern={pattern}
        maxLength={80}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
      />
    </label>
  );
}

export function OrderRows({ rows, caption }: { rows: FoundOrder[]; caption: string }) {
  return (
    <Rows
      caption={caption}
      rows={rows}
      keyOf={(row) => row.order_id}
      columns={[
        { label: t("order"), cell: (row) => <Id of={row.order_id} /> },
        { label: t("status"), cell: (row) => <Status of={row.status} group="status" /> },
        { label: t("created"), cell: (row) => <When at={row.created_at} /> },
        { label: t("changed"), cell: (row) => <When at={row.changed_at} ago /> },
        { label: t("buyer"), cell: (row) => <BuyerLink id={row.user_id} /> },
        { label: t("units"), cell: (row) => row.item_count, number: true },
        { label: t("sum"), cell: (row) => <Amount of={row.total} />, number: true },
      ]}
    />
  );
}

function BuyerLink({ id }: { id: string }) {
  return (
    <Link to={pathTo("orders", "", { user_id: id })} class="id__text">
      {`…${id.slice(-8)}`}
    </Link>
  );
}

export function Orders({ query }: { query: Record<string, string> }) {
  const path = withQuery("/api/v1/orders", {
    ...Object.fromEntries(filters.map((name) => [name, query[name]])),
    since: momentOf(query.since, false),
    until: momentOf(query.until, true),
    before: query.before,
    limit: 25,
  });
  const { value, failure, again } = useFetched<OrderPage>(path);
  const named = query.payment_id ?? query.package_barcode;
  const only = named !== undefined && value?.items.length === 1 ? value.items[0] : undefined;
  useEffect(() => {
    if (only !== undefined) go(pathTo("order", only.order_id), "replace");
  }, [only?.order_id]);
  const next = value?.next === undefined ? undefined : pathTo("orders", "", { ...query, before: value.next });
  return (
    <>
      <h1>{t("orders")}</h1>
      <Filters query={query} />
      {named !== undefined && (
        <p class="named">
          {query.payment_id === undefined ? t("barcode") : t("payment")}: <code>{named}</code>
        </p>
      )}
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && value.items.length > 0 && (
        <OrderRows rows={value.items} caption={t("orders")} />
      )}
      {value !== undefined && value.items.length === 0 && (
        <EmptyState
          title={t("ordersEmpty")}
          hint={next === undefined ? t("ordersEmptyHint") : t("moreBelow")}
          icon="search"
        />
      )}
      {value !== undefined && value.items.length < 25 && next !== undefined ? (
        <p class="pages">
          <Link to={next} class="button button--quiet">
            <Icon name="search" /> {t("lookFurther")}
          </Link>
        </p>
      ) : (
        <Pages
          first={
            query.before === undefined ? undefined : pathTo("orders", "", { ...query, before: undefined })
          }
          next={next}
        />
      )}
    </>
  );
}
