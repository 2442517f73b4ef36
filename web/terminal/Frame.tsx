// What surrounds every screen: where we are, how the connection is, what was said last, and the way to the other
// screens, at the thumb.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { reachable } from "../staff/api";
import { useStore } from "../staff/store";
import { toast } from "./toast";
import { shortOrder } from "./codes";
import { useShortcuts } from "./keys";
import { OutdatedLabels } from "./LabelNotice";
import { Menu } from "./Menu";
import type { OutboxState } from "./outbox";
import { Key } from "./components";
import { go, route, type Route } from "./route";
import { counted, t, type TextKey } from "./texts";
import { UpdatePrompt } from "./UpdatePrompt";
import { orderOnScreen, site, siteTitle, theOutbox } from "./work";

const tabs: {
  screen: "tasks" | "receiving" | "stock";
  icon: string;
  text: TextKey;
  shortcut: "F2" | "F3" | "F4";
}[] = [
  { screen: "tasks", icon: "list", text: "tasks", shortcut: "F2" },
  { screen: "receiving", icon: "package-open", text: "receiving", shortcut: "F3" },
  { screen: "stock", icon: "package-search", text: "stock", shortcut: "F4" },
];

export function Frame({ children }: { children: ComponentChildren }) {
  const where = useStore(route);
  const [menu, setMenu] = useState(false);
  useShortcuts({
    F1: () => setMenu(true),
    F2: () => go({ screen: "tasks" }),
    F3: () => go({ screen: "receiving" }),
    F4: () => go({ screen: "stock" }),
    Escape: () => where.screen !== "tasks" && go({ screen: "tasks" }),
  });
  return (
    <div class="frame">
      <TopBar where={where} onMenu={() => setMenu(true)} />
      <ScanToast where={where} />
      {where.screen !== "task" && <UpdatePrompt />}
      {where.screen !== "task" && <OutdatedLabels />}
      <main class="frame__main" tabIndex={-1}>
        {children}
      </main>
      {where.screen !== "task" && <Tabs where={where} />}
      {menu && <Menu onClose={() => setMenu(false)} />}
    </div>
  );
}

function TopBar({ where, onMenu }: { where: Route; onMenu: () => void }) {
  const at = useStore(site);
  const line = useLine();
  const tab = tabs.find((candidate) => candidate.screen === where.screen);
  return (
    <header class="top">
      {where.screen === "task" ? (
        <button type="button" class="round" aria-label={t("back")} onClick={() => go({ screen: "tasks" })}>
          <Icon name="arrow-left" />
        </button>
      ) : (
        <span class="top__mark" aria-hidden="true">
          <Icon name="scan-barcode" />
        </span>
      )}
      <div class="top__text">
        <h1 class="top__title">{tab === undefined ? <TaskTitle /> : t(tab.text)}</h1>
        {line.broken ? (
          <p class="top__site top__site--offline" aria-hidden="true" data-testid="offline">
            {line.text}
          </p>
        ) : (
          <p class="top__site">{siteTitle(at)}</p>
        )}
      </div>
      <Connection {...line} />
      <button type="button" class="round" aria-label={t("menu")} aria-keyshortcuts="F1" onClick={onMenu}>
        <Icon name="menu" />
      </button>
    </header>
  );
}

// Until the task is there, nothing but its own name is known.
function TaskTitle() {
  const order = useStore(orderOnScreen);
  return (
    <>
      {t("order")} <span translate={false}>{order === "" ? "…" : shortOrder(order)}</span>
    </>
  );
}

interface Line {
  waiting: number; // actions in the queue
  broken: boolean; // they do not get through
  text: string;
}

function useLine(): Line {
  const outbox = theOutbox();
  const [state, setState] = useState<OutboxState>(outbox.state);
  const connected = useStore(reachable);
  useEffect(() => {
    setState(outbox.state);
    return outbox.watch(setState);
  }, [outbox]);
  const broken = !connected || state.stuck;
  const text = t(!connected ? "offline" : broken ? "busyScansSaved" : "waitingSends");
  return { waiting: state.items.length, broken, text };
}

function Connection({ waiting, broken, text }: Line) {
  if (!broken && waiting === 0) return <span class="visually-hidden">{t("online")}</span>;
  return (
    <span
      class={`connection${broken ? " connection--broken" : ""}`}
      role="status"
      title={text}
      data-testid="connection"
    >
      <Icon name={broken ? "wifi-off" : "refresh-cw"} />
      <span class="visually-hidden">{text}</span>
      {waiting > 0 && <b aria-label={counted(waiting, "scans")}>{waiting}</b>}
    </span>
  );
}

// Always there, so that nothing moves under a thumb when it speaks, and so that screen readers listen to it. What
// has a new key flashes anew.
const toastIcons = {
  none: "scan-barcode",
  right: "circle-check",
  bin: "map-pin",
  noted: "package-x",
  wrong: "circle-x",
  finished: "package-check",
};

const hints: Record<Route["screen"], TextKey> = {
  tasks: "hintTasks",
  task: "hintTask",
  receiving: "hintReceiving",
  stock: "hintStock",
};

function ScanToast({ where }: { where: Route }) {
  const word = useStore(toast);
  const silent = word.kind === "none";
  return (
    <section
      class={`scan-toast scan-toast--${word.kind}`}
      aria-label={t("messages")}
      data-testid="toast"
      data-kind={word.kind}
    >
      {!silent && <span class="scan-toast__flash" key={word.turn} aria-hidden="true" />}
      <Icon name={toastIcons[word.kind]} />
      {silent && (
        <div class="scan-toast__text">
          <strong>{t("scannerReady")}</strong>
          <span>{t(hints[where.screen])}</span>
        </div>
      )}
      <div class="scan-toast__text" aria-live="assertive" aria-atomic="true">
        <strong key={word.turn}>{word.title}</strong>
        {word.detail !== "" && <span>{word.detail}</span>}
      </div>
    </section>
  );
}

function Tabs({ where }: { where: Route }) {
  return (
    <nav class="tabs-bar" aria-label={t("menu")}>
      {tabs.map((tab) => (
        <a
          key={tab.screen}
          class="tabs-bar__tab"
          href={tab.screen === "tasks" ? "/terminal" : `/terminal/${tab.screen}`}
          aria-current={where.screen === tab.screen ? "page" : undefined}
          aria-keyshortcuts={tab.shortcut}
          onClick={(event) => {
            event.preventDefault();
            go({ screen: tab.screen });
          }}
        >
          <Icon name={tab.icon} />
          <span>{t(tab.text)}</span>
          <Key name={tab.shortcut} />
        </a>
      ))}
    </nav>
  );
}
