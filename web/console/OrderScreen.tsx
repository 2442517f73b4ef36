// One order: what it waits for, and everything known of it, as a timeline or part by part.
import { Icon } from "../design/Icon";
import { pathTo } from "./address";
import type { OrderReport } from "./api_types";
import { GoodsPart } from "./GoodsPart";
import { ItemsPart } from "./ItemsPart";
import { MessagesPart } from "./MessagesPart";
import { MoneyPart } from "./MoneyPart";
import { Actions } from "./Actions";
import { Amount, Copy, Facts, Failed, Id, Link, Loading, Missing, Named, Status, When } from "./components";
import { useFetched } from "./fetching";
import { orderNumber } from "./format";
import { t, type TextKey } from "./texts";
import { Timeline } from "./Timeline";
import { DiagnosisBox } from "./DiagnosisBox";

const parts: { name: string; title: TextKey; count: (report: OrderReport) => number | undefined }[] = [
  { name: "", title: "timeline", count: () => undefined },
  { name: "items", title: "items", count: (report) => report.inspection.units.length },
  { name: "money", title: "moneyTab", count: (report) => report.money.attempts.length },
  { name: "goods", title: "goodsTab", count: (report) => report.work.tasks.length },
  { name: "messages", title: "messages", count: (report) => report.events.length + report.jobs.length },
];

function Head({ id, report }: { id: string; report: OrderReport }) {
  const { inspection } = report;
  const { order } = inspection;
  if (order.order_id === "") return null;
  const facts: [string, preact.ComponentChildren][] = [
    [t("sum"), <Amount of={order.total} />],
    [t("units"), order.item_count],
    [t("created"), <When at={order.created_at} />],
    [t("changed"), <When at={order.changed_at} ago />],
    [t("expires"), <When at={inspection.expires_at} />],
    [
      t("buyer"),
      <>
        <Link to={pathTo("orders", "", { user_id: order.user_id })}>…{order.user_id.slice(-8)}</Link>
        <Copy text={order.user_id} />
      </>,
    ],
    [t("pickupPoint"), <Named of={inspection.delivery.pickup_point_id} names={report.names} />],
    [t("trace"), inspection.trace_id === "" ? "—" : <Id of={inspection.trace_id} />],
    [t("idempotency"), <Id of={inspection.idempotency_key} />],
    [t("version"), inspection.version],
  ];
  return (
    <div class="panel" data-testid="order-head">
      <p class="order-flags">
        <Status of={order.status} group="status" />
        {order.cancel_requested && <span class="badge badge--warning">{t("cancelRequested")}</span>}
        {order.cleanup && <span class="badge badge--warning">{t("cleanup")}</span>}
      </p>
      <Facts of={facts} />
      <span class="visually-hidden">{id}</span>
    </div>
  );
}

export function OrderScreen({ id, query }: { id: string; query: Record<string, string> }) {
  const { value, failure, again } = useFetched<OrderReport>(`/api/v1/orders/${encodeURIComponent(id)}`);
  const part = query.part ?? "";
  return (
    <>
      <div class="screen__head">
        <h1 class="order-title">
          {t("order")} <strong>{orderNumber(id)}</strong> <span class="order-title__id">{id}</span>
          <Copy text={id} />
        </h1>
        <button type="button" class="button button--quiet" onClick={again}>
          <Icon name="refresh-cw" /> {t("refreshNow")}
        </button>
      </div>
      {failure !== undefined && <Failed failure={failure} again={again} />}
      {value === undefined && failure === undefined && <Loading />}
      {value !== undefined && (
        <>
          <DiagnosisBox diagnosis={value.verdict} />
          <Actions report={value} again={again} />
          <Missing parts={value.missing} />
          <Head id={id} report={value} />
          <nav class="tabs" aria-label={t("sections")}>
            {parts.map(({ name, title, count }) => (
              <Link key={name} to={pathTo("order", id, { part: name })} class={tabClass(name === part)}>
                {t(title)}
                {count(value) !== undefined && <span class="tabs__count">{count(value)}</span>}
              </Link>
            ))}
          </nav>
          {part === "items" && <ItemsPart report={value} />}
          {part === "money" && <MoneyPart report={value} />}
          {part === "goods" && <GoodsPart report={value} />}
          {part === "messages" && <MessagesPart report={value} />}
          {part === "" && <Timeline report={value} query={query} id={id} />}
        </>
      )}
    </>
  );
}

const tabClass = (here: boolean): string => (here ? "tabs__tab tabs__tab--here" : "tabs__tab");
