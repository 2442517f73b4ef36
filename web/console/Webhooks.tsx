// Webhooks of the bank as they came.
import { withQuery } from "../staff/api";
import { pathTo } from "./address";
import type { Webhook } from "./api_types";
import { Coded, EmptyState, Failed, Id, Link, Loading, Pages, Rows, When } from "./components";
import { useFetched } from "./fetching";
import { t } from "./texts";

export function Webhooks({ query }: { query: Record<string, string> }) {
  const unapplied = query.unapplied === "1";
  const page = Math.max(1, Number(query.page ?? "1") || 1);
  const { value, failure, again } = useFetched<{
    items: { webhook: Webhook; order_id?: string }[];
    more: boolean;
  }>(
    withQuery("/api/v1/webhooks", {
      unapplied: unapplied ? "true" : undefined,
      payment_id: query.payment_id,
      page,
      limit: 25,
    }),
  );
  const to = (change: Record<string, string | undefined>): string =>
    pathTo("webhooks", "", { ...query, page: undefined, ...change });
  return (
    <>
      <h1>{t("webhooksTitle")}</h1>
      <div class="chips">
        <Link to={to({ unapplied: undefined })} class={unapplied ? "chip" : "chip chip--on"}>
          {t("all")}
        </Link>
        <Link to={to({ unapplied: "1" })} class={unapplied ? "chip chip--on" : "chip"}>
          {t("unapplied")}
        </Link>
      </div>
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && value.items.length === 0 && <EmptyState title={t("webhooksEmpty")} />}
      {value !== undefined && value.items.length > 0 && (
        <Rows
          caption={t("webhooksTitle")}
          rows={value.items}
          keyOf={({ webhook }) => `${webhook.provider} ${webhook.event_id}`}
          columns={[
            { label: t("received"), cell: ({ webhook }) => <When at={webhook.received_at} precise /> },
            { label: t("type"), cell: ({ webhook }) => <Coded of={webhook.type} group="webhook" /> },
            {
              label: t("state"),
              cell: ({ webhook }) => (
                <span class={`badge badge--${webhook.applied ? "success" : "warning"}`}>
                  {webhook.applied ? t("applied") : t("notApplied")}
                </span>
              ),
            },
            { label: t("order"), cell: ({ order_id }) => <Id of={order_id ?? ""} /> },
            { label: t("payment"), cell: ({ webhook }) => <Id of={webhook.payment_id} /> },
            { label: t("event"), cell: ({ webhook }) => <Id of={webhook.event_id} /> },
          ]}
        />
      )}
      <Pages
        first={page > 1 ? to({}) : undefined}
        next={value?.more === true ? to({ page: String(page + 1) }) : undefined}
      />
    </>
  );
}
