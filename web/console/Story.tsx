// All that happened to an order in the order of time.
import { Icon } from "../design/Icon";
import { pathTo } from "./address";
import type { Dossier } from "./facts";
import { Copy, Link, When } from "./parts";
import { age } from "./shown";
import { t } from "./texts";
import { countByKind, kinds, timeline, type Entry, type Kind } from "./timeline";
import { wordOf } from "./words";

const icons: Record<Kind, string> = {
  action: "shield-check",
  state: "zap",
  hold: "lock",
  payment: "credit-card",
  webhook: "bell",
  ledger: "receipt",
  task: "package-open",
  scan: "scan-barcode",
  movement: "boxes",
  event: "message-circle",
  job: "clock",
  notice: "user",
};

function Moment({ entry }: { entry: Entry }) {
  return (
    <li class={`moment moment--${entry.tone} ${entry.future ? "moment--future" : ""} moment--${entry.kind}`}>
      <span class="moment__icon" aria-hidden="true">
        <Icon name={icons[entry.kind]} />
      </span>
      <span class="moment__time">
        <When at={entry.at} precise />
        {entry.future && <span class="moment__age">{age(entry.at)}</span>}
      </span>
      <div class="moment__text">
        <span class="visually-hidden">{wordOf("kind", entry.kind)}: </span>
        <span class="moment__title">{entry.title}</span>
        {entry.id !== "" && <Copy text={entry.id} />}
        {entry.note !== "" && <span class="moment__note">{entry.note}</span>}
      </div>
    </li>
  );
}

export function Story({
  dossier,
  query,
  id,
}: {
  dossier: Dossier;
  query: Record<string, string>;
  id: string;
}) {
  const entries = timeline(dossier, Date.now());
  const counts = countByKind(entries);
  const only = new Set((query.only ?? "").split(",").filter((kind) => kind !== ""));
  const back = query.sort === "new";
  const shown = entries.filter((entry) => only.size === 0 || only.has(entry.kind));
  const toggled = (kind: Kind): string => {
    const next = new Set(only);
    if (!next.delete(kind)) next.add(kind);
    return pathTo("order", id, { ...query, only: [...next].join(",") });
  };
  return (
    <>
      <div class="chips chips--line story-filter" role="group" aria-label={t("filter")}>
        {kinds
          .filter((kind) => counts.has(kind))
          .map((kind) => (
            <Link key={kind} to={toggled(kind)} class={only.has(kind) ? "chip chip--on" : "chip"}>
              <Icon name={only.has(kind) ? "check" : icons[kind]} /> {wordOf("kind", kind)}
              <span class="chip__count">{counts.get(kind)}</span>
            </Link>
          ))}
        <Link to={pathTo("order", id, { ...query, sort: back ? undefined : "new" })} class="chip">
          <Icon name={back ? "chevron-up" : "chevron-down"} /> {back ? t("newestFirst") : t("oldestFirst")}
        </Link>
      </div>
      {!dossier.messages_complete && <p class="quiet">{t("incomplete")}</p>}
      <ol class="story" data-testid="story">
        {(back ? [...shown].reverse() : shown).map((entry, at) => (
          <Moment key={`${entry.kind} ${entry.id} ${entry.at} ${at}`} entry={entry} />
        ))}
      </ol>
    </>
  );
}
