// The console: the sign-in page, and the screens for those who are signed in.
import { useEffect } from "preact/hooks";
import { whenSignedOut } from "../staff/api";
import { useSessionState } from "../staff/session_state";
import { spoken } from "../staff/preferences";
import { SignIn } from "../staff/SignIn";
import { useStore } from "../staff/store";
import { Complete } from "../staff/Complete";
import { isIncomplete } from "../staff/session";
import { Account } from "./Account";
import { address, type Address } from "./address";
import { Found } from "./Found";
import { Frame } from "./Frame";
import { Hanging } from "./Hanging";
import { DeadLetters } from "./DeadLetters";
import { Payments } from "./Payments";
import { Suspense } from "./Suspense";
import { Webhooks } from "./Webhooks";
import { OrderScreen } from "./OrderScreen";
import { Orders } from "./Orders";
import { Failed, failureText, Loading } from "./components";
import { Queues } from "./Queues";
import { Security } from "./Security";
import { session } from "./fetching";
import { Staff } from "./Staff";
import { Sku, Stock } from "./Stock";
import { shortId } from "./format";
import { t, type TextKey } from "./texts";

whenSignedOut(() => session.set(undefined));

const titles: Record<Address["screen"], TextKey> = {
  hanging: "hanging",
  orders: "orders",
  order: "order",
  stock: "stock",
  sku: "stock",
  payments: "payments",
  webhooks: "webhooks",
  suspense: "suspense",
  deadLetters: "deadLetters",
  queues: "queues",
  security: "security",
  found: "foundTitle",
  staff: "staff",
  account: "account_screen",
};

export function App() {
  const turn = useStore(spoken);
  const { who, asked, failure, again } = useSessionState(session);
  const where = useStore(address);
  useEffect(() => window.scrollTo(0, 0), [where.screen, where.id]);
  const name = `${t(titles[where.screen])}${where.id === "" ? "" : ` ${shortId(where.id)}`}`;
  document.title = `${who === undefined ? t("signInTitle") : name} · Bramble`;

  if (failure !== undefined) return <Failed failure={failure} again={again} />;
  if (!asked) return <Loading />;
  if (who === undefined)
    return (
      <SignIn
        session={session}
        t={t}
        failureText={failureText}
        icon="shield-check"
        buttonClass="button button--primary button--wide"
      />
    );
  if (isIncomplete(who))
    return (
      <Complete
        session={session}
        who={who}
        failureText={failureText}
        icon="shield-check"
        buttonClass="button button--primary button--wide"
      />
    );
  return (
    <Frame key={turn}>
      <Inside where={where} />
    </Frame>
  );
}

function Inside({ where }: { where: Address }) {
  switch (where.screen) {
    case "hanging":
      return <Hanging query={where.query} />;
    case "orders":
      return <Orders query={where.query} />;
    case "order":
      return <OrderScreen id={where.id} query={where.query} key={where.id} />;
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
    case "deadLetters":
      return <DeadLetters query={where.query} />;
    case "queues":
      return <Queues />;
    case "security":
      return <Security query={where.query} />;
    case "found":
      return <Found query={where.query} key={where.query.q} />;
    case "staff":
      return <Staff />;
    case "account":
      return <Account />;
  }
}
