// Money that belongs to nobody yet.
import type * as ops from "../made/api/ops";
import { withQuery } from "../staff/api";
import { pathTo } from "./address";
import { Amount, EmptyState, Failed, Id, Loading, Pages, Rows, When } from "./components";
import { useFetched } from "./fetching";
import { span } from "./format";
import { t } from "./texts";
import { accountName } from "./code_texts";

type Row = ops.PaymentsSuspenseRow;

export function Suspense({ query }: { query: Record<string, string> }) {
  const page = Math.max(1, Number(query.page ?? "1") || 1);
  const { value, failure, again } = useFetched<{ items: Row[]; more: boolean }>(
    withQuery("/api/v1/suspense", { page, limit: 50 }),
  );
  return (
    <>
      <h1>{t("suspenseTitle")}</h1>
      <p class="quiet">{t("suspenseHint")}</p>
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && value.items.length === 0 && <EmptyState title={t("suspenseEmpty")} />}
      {value !== undefined && value.items.length > 0 && (
        <Rows
          caption={t("suspenseTitle")}
          rows={value.items}
          keyOf={(row) => row.account + row.order_id}
          columns={[
            {
              label: t("account"),
              cell: (row) => <span title={row.account}>{accountName(row.account)}</span>,
            },
            { label: t("sum"), cell: (row) => <Amount of={row.balance} />, number: true },
            { label: t("age"), cell: (row) => span(Date.now() - new Date(row.since).getTime()) },
            { label: t("waitingSince"), cell: (row) => <When at={row.since} /> },
            { label: t("order"), cell: (row) => <Id of={row.order_id} /> },
          ]}
        />
      )}
      <Pages
        first={page > 1 ? pathTo("suspense") : undefined}
        next={value?.more === true ? pathTo("suspense", "", { page: String(page + 1) }) : undefined}
      />
    </>
  );
}
