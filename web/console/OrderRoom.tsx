// One order: what it waits for, and everything known of it, as a timeline or part by part.
import { Icon } from "../design/Icon";
import { pathTo } from "./address";
import type { Dossier } from "./facts";
import { GoodsPart } from "./GoodsPart";
import { ItemsPart } from "./ItemsPart";
import { MessagesPart } from "./MessagesPart";
import { MoneyPart } from "./MoneyPart";
import { Actions } from "./Actions";
import { Amount, Copy, Facts, Failed, Id, Link, Loading, Missing, Named, Status, When } from "./parts";
import { useFacts } from "./reading";
import { orderNumber } from "./shown";
import { t, type TextKey } from "./texts";
import { Timeline } from "./Timeline";
import { VerdictBox } from "./VerdictBox";

const parts: { name: string; title: TextKey; count: (dossier: Dossier) => number | undefined }[] = [
  { name: "", title: "timeline", count: () => undefined },
  { name: "items", title: "items", count: (dossier) => dossier.inspection.units.length },
  { name: "money", title: "moneyTab", count: (dossier) => dossier.money.attempts.length },
  { name: "goods", title: "goodsTab", count: (dossier) => dossier.work.tasks.length },
  { name: "messages", title: "messages", count: (dossier) => dossier.events.length + dossier.jobs.length },
];

function Head({ id, dossier }: { id: string; dossier: Dossier }) {
  const { inspection } = dossier;
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
    [t("pickupPoint"), <Named of={inspection.delivery.pickup_point_id} names={dossier.names} />],
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

export function OrderRoom({ id, query }: { id: string; query: Record<string, string> }) {
  const { value, failure, again } = useFacts<Dossier>(`/api/v1/orders/${encodeURIComponent(id)}`);
  const part = query.part ?? "";
  return (
    <>
      <div class="room__head">
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
          <VerdictBox verdict={value.verdict} />
          <Actions dossier={value} again={again} />
          <Missing parts={value.missing} />
          <Head id={id} dossier={value} />
          <nav class="tabs" aria-label={t("sections")}>
            {parts.map(({ name, title, count }) => (
              <Link key={name} to={pathTo("order", id, { part: name })} class={tabClass(name === part)}>
                {t(title)}
                {count(value) !== undefined && <span class="tabs__count">{count(value)}</span>}
              </Link>
            ))}
          </nav>
          {part === "items" && <ItemsPart dossier={value} />}
          {part === "money" && <MoneyPart dossier={value} />}
          {part === "goods" && <GoodsPart dossier={value} />}
          {part === "messages" && <MessagesPart dossier={value} />}
          {part === "" && <Timeline dossier={value} query={query} id={id} />}
        </>
      )}
    </>
  );
}

const tabClass = (here: boolean): string => (here ? "tabs__tab tabs__tab--here" : "tabs__tab");
