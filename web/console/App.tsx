// The console: the door for who is not signed in, and the rooms behind it.
import { useEffect, useState } from "preact/hooks";
import { Refusal, whenSignedOut } from "../staff/api";
import { readSession } from "../staff/session";
import { useStore } from "../terminal/store";
import { address, type Address } from "./address";
import { Frame, spoken } from "./Frame";
import { Hanging } from "./Hanging";
import { Letters } from "./Letters";
import { Payments } from "./Payments";
import { Suspense } from "./Suspense";
import { Webhooks } from "./Webhooks";
import { OrderRoom } from "./OrderRoom";
import { Orders } from "./Orders";
import { Failed, Loading } from "./parts";
import { Queues } from "./Queues";
import { session } from "./reading";
import { SignIn } from "./SignIn";
import { Sku, Stock } from "./Stock";
import { shortId } from "./shown";
import { t, type TextKey } from "./texts";

whenSignedOut(() => session.set(undefined));

const titles: Record<Address["room"], TextKey> = {
  hanging: "hanging",
  orders: "orders",
  order: "order",
  stock: "stock",
  sku: "stock",
  payments: "payments",
  webhooks: "webhooks",
  suspense: "suspense",
  letters: "letters",
  queues: "queues",
};

export function App() {
  useStore(spoken);
  const who = useStore(session);
  const where = useStore(address);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);

  const ask = (): void => {
    setFailure(undefined);
    readSession().then(
      (found) => {
        session.set(found.signed_in ? found : undefined);
        setAsked(true);
      },
      (error: unknown) => {
        // Cookies of another time stand for nobody.
        if (error instanceof Refusal && error.status === 401) setAsked(true);
        else setFailure(error);
      },
    );
  };
  useEffect(ask, []);
  useEffect(() => window.scrollTo(0, 0), [where.room, where.id]);
  const name = `${t(titles[where.room])}${where.id === "" ? "" : ` ${shortId(where.id)}`}`;
  document.title = `${who === undefined ? t("signInTitle") : name} · Bramble`;

  if (failure !== undefined) return <Failed failure={failure} again={ask} />;
  if (!asked) return <Loading />;
  if (who === undefined) return <SignIn />;
  return (
    <Frame key={spoken.value}>
      <Inside where={where} />
    </Frame>
  );
}

function Inside({ where }: { where: Address }) {
  switch (where.room) {
    case "hanging":
      return <Hanging query={where.query} />;
    case "orders":
      return <Orders query={where.query} />;
    case "order":
      return <OrderRoom id={where.id} query={where.query} key={where.id} />;
    case "stock":
      return <Stock />;
    case "sku":
      return <Sku id={where.id} query={where.query} key={where.id} />;
    case "payments":
      return <Payments query={where.query} />;
    case "webhooks":
      return <Webhooks query={where.query} />;
    case "suspense":
      return <Suspense query={where.query} />;
    case "letters":
      return <Letters query={where.query} />;
    case "queues":
      return <Queues />;
  }
}
