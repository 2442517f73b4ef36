// The terminal: the sign-in page, and the screens for those who are signed in.
import { Component, type ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { reachable, whenSignedOut } from "../staff/api";
import { Complete } from "../staff/Complete";
import { useSessionState } from "../staff/session_state";
import { isIncomplete } from "../staff/session";
import { spoken } from "../staff/preferences";
import { SignIn } from "../staff/SignIn";
import { useStore } from "../staff/store";
import { clearToast } from "./toast";
import { Frame } from "./Frame";
import { loadSavedSession } from "./offline_copy";
import { useShortcuts } from "./keys";
import { Failed, failureText, Loading, EmptyState } from "./components";
import { Receiving } from "./Receiving";
import { go, route, type Route } from "./route";
import { StockScreen } from "./StockScreen";
import { nextTask, Tasks } from "./Tasks";
import { TaskScreen } from "./TaskScreen";
import { t } from "./texts";
import { UpdatePrompt } from "./UpdatePrompt";
import { confirmSession, loadSites, session, site, theOutbox } from "./work";

const askAgainMs = 5_000;

whenSignedOut(() => session.set(undefined));

export function App() {
  const turn = useStore(spoken);
  const { who, asked, failure, again } = useSessionState(session, loadSavedSession);
  document.title = `${t("title")} · Bramble`;

  if (failure !== undefined) return <Failed title={t("title")} failure={failure} again={again} />;
  if (!asked) return <Loading />;
  return (
    <Guard>
      {who === undefined ? (
        <SignInFrame />
      ) : isIncomplete(who) ? (
        <Complete
          session={session}
          who={who}
          failureText={failureText}
          icon="scan-barcode"
          buttonClass="action action--primary action--wide"
          key={turn}
        />
      ) : (
        <Inside key={`${who.user_id} ${turn}`} />
      )}
    </Guard>
  );
}

function SignInFrame() {
  return (
    <>
      <UpdatePrompt />
      <SignIn
        session={session}
        t={t}
        failureText={failureText}
        icon="scan-barcode"
        buttonClass="action action--primary action--wide"
      />
    </>
  );
}

// Nothing can be done before the site is known.
function Inside() {
  const at = useStore(site);
  const where = useStore(route);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [loaded, setLoaded] = useState(false);

  const load = (): void => {
    setFailure(undefined);
    loadSites().then(() => setLoaded(true), setFailure);
  };
  useEffect(() => {
    load();
    theOutbox().nudge();
  }, []);
  useReconnecting();
  useEffect(() => {
    clearToast();
    const main = document.querySelector<HTMLElement>("main");
    main?.scrollTo(0, 0);
    main?.focus({ preventScroll: true });
  }, [where]);

  if (failure !== undefined) return <Failed title={t("tasksFailed")} failure={failure} again={load} />;
  if (!loaded) return <Loading />;
  if (at === "") return <NoSite again={load} />;
  return (
    <Frame>
      <Screen where={where} key={at} />
    </Frame>
  );
}

function NoSite({ again }: { again: () => void }) {
  return (
    <EmptyState icon="warehouse" title={t("noSites")} hint={t("noSitesHint")} testid="no-sites">
      <button type="button" class="action action--primary" onClick={again}>
        <Icon name="refresh-cw" /> {t("tryAgain")}
      </button>
    </EmptyState>
  );
}

// Asks again until the server answers; who was let in unasked is then confirmed.
function useReconnecting(): void {
  const connected = useStore(reachable);
  const who = useStore(session);
  useEffect(() => {
    if (connected && who?.csrf_token !== "") return undefined;
    if (connected) void confirmSession();
    const timer = setInterval(() => void confirmSession(), askAgainMs);
    return () => clearInterval(timer);
  }, [connected, who]);
}

function Screen({ where }: { where: Route }) {
  const openFirst = async (): Promise<void> => {
    const first = await nextTask(site.value);
    if (first !== undefined) go({ screen: "task", id: first.task_id });
  };
  useShortcuts(where.screen === "tasks" ? { F6: () => void openFirst() } : {});
  switch (where.screen) {
    case "tasks":
      return <Tasks />;
    case "task":
      return <TaskScreen id={where.id} key={where.id} />;
    case "receiving":
      return <Receiving />;
    case "stock":
      return <StockScreen />;
  }
}

// A mistake of ours must not leave a worker before an empty screen.
class Guard extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <EmptyState icon="triangle-alert" title={t("crash")} hint={t("crashHint")}>
        <button type="button" class="action action--primary" onClick={() => location.reload()}>
          <Icon name="refresh-cw" /> {t("reload")}
        </button>
      </EmptyState>
    );
  }
}
