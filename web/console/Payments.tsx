// Payment attempts: the open ones the oldest first, or all.
import { withQuery } from "../staff/api";
import { go, pathTo } from "./address";
import type { Attempt } from "./api_types";
import {
  Amount,
  Coded,
  EmptyState,
  Failed,
  Id,
  Link,
  Loading,
  Pages,
  Rows,
  Status,
  When,
} from "./components";
import { useFetched } from "./fetching";
import { t } from "./texts";
import { codeText } from "./code_texts";

const statuses = [
  "PROCESSING",
  "REQUIRES_ACTION",
  "AUTHORISED",
  "CAPTURED",
  "DECLINED",
  "CANCELLED",
  "REFUNDED",
];

export function Payments({ query }: { query: Record<string, string> }) {
  const all = query.all === "1";
  const { value, failure, again } = useFetched<{ items: Attempt[]; next?: string }>(
    withQuery("/api/v1/payments", {
      open: all ? undefined : "true",
      status: query.status,
      payment_id: query.payment_id,
      from: query.from,
      limit: 25,
    }),
  );
  const to = (change: Record<string, string | undefined>): string =>
    pathTo("payments", "", { ...query, from: undefined, ...change });
  return (
    <>
      <h1>{t("paymentsTitle")}</h1>
      <div class="chips">
        <Link to={to({ all: undefined })} class={all ? "chip" : "chip chip--on"}>
          {t("openFirst")}
        </Link>
        <Link to={to({ all: "1" })} class={all ? "chip chip--on" : "chip"}>
          {t("all")}
        </Link>
        <label class="pick">
          <span class="visually-hidden">{t("status")}</span>
          <span class="select">
            <select
              class="select__input"
              value={query.status ?? ""}
              onChange={(event) => go(to({ status: event.currentTarget.value }))}
            >
              <option value="">{t("anyStatus")}</option>
              {statuses.map((status) => (
                <option key={status} value={status}>
                  {codeText("payment", status)}
                </option>
              ))}
            </select>
          </span>
        </label>
      </div>
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && value.items.length === 0 && <EmptyState title={t("paymentsEmpty")} />}
      {value !== undefined && value.items.length > 0 && (
        <Rows
          caption={t("paymentsTitle")}
          rows={value.items}
          keyOf={(attempt) => attempt.payment.payment_id}
          columns={[
            { label: t("payment"), cell: (attempt) => <Id of={attempt.payment.payment_id} /> },
            {
              label: t("status"),
              cell: (attempt) => (
                <span class="waits">
                  <Status of={attempt.payment.status} group="payment" />
                  {attempt.late && <span class="badge badge--warning">{t("latePayment")}</span>}
                  {attempt.payment.decline_reason !== undefined && (
                    <Coded of={attempt.payment.decline_reason} group="decline" />
                  )}
                </span>
              ),
            },
            { label: t("sum"), cell: (attempt) => <Amount of={attempt.payment.amount} />, number: true },
            { label: t("method"), cell: (attempt) => codeText("method", attempt.method) },
            { label: t("order"), cell: (attempt) => <Id of={attempt.order_id} /> },
            { label: t("created"), cell: (attempt) => <When at={attempt.created_at} ago /> },
            { label: t("nextCheck"), cell: (attempt) => <When at={attempt.next_check_at} ago /> },
            { label: t("checks"), cell: (attempt) => attempt.checks, number: true },
          ]}
        />
      )}
      <Pages
        first={query.from === undefined ? undefined : to({})}
        next={value?.next === undefined ? undefined : to({ from: value.next })}
      />
    </>
  );
}
