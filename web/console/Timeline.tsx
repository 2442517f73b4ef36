// What has happened to an order, in the order of time, and apart from it what is still to come.
import { Icon } from "../design/Icon";
import { pathTo } from "./address";
import type { OrderReport } from "./api_types";
import { Copy, Link, Section, When } from "./components";
import { age } from "./format";
import { t } from "./texts";
import { plan, type PlannedStep } from "./plan";
import { countByKind, kinds, timeline, type Kind, type TimelineEntry } from "./timeline";
import { codeText } from "./code_texts";

const icons: Record<Kind | PlannedStep["kind"], string> = {
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

function Entry({ entry }: { entry: TimelineEntry }) {
  return (
    <li class={`timeline__entry timeline__entry--${entry.tone} timeline__entry--${entry.kind}`}>
      <span class="timeline__icon" aria-hidden="true">
        <Icon name={icons[entry.kind]} />
      </span>
      <span class="timeline__time">
        <When at={entry.at} precise />
      </span>
      <div class="timeline__text">
        <span class="visually-hidden">{codeText("kind", entry.kind)}: </span>
        <span class="timeline__title">{entry.title}</span>
        {entry.id !== "" && <Copy text={entry.id} />}
        {entry.note !== "" && <span class="timeline__note">{entry.note}</span>}
      </div>
    </li>
  );
}

// Says how a step stands, with its time inside the sentence.
function StepState({ step }: { step: PlannedStep }) {
  const at = <When at={step.at} />;
  if (step.state === "next")
    return (
      <>
        {t("planNext")} {at} ({age(step.at)})
      </>
    );
  if (step.state === "overdue")
    return (
      <>
        {t("planOverdue")} {at} {t("planNotYet")}
      </>
    );
  if (step.state === "stopped")
    return (
      <>
        {t("planStopped")} {at}
      </>
    );
  return (
    <>
      {t("planAsked")} {at}
      {step.state === "running" && `, ${t("planRunning")}`}
    </>
  );
}

function Plan({ steps }: { steps: PlannedStep[] }) {
  if (steps.length === 0) return null;
  return (
    <Section title={t("planTitle")}>
      <ul class="plan" data-testid="plan">
        {steps.map((step) => (
          <li key={`${step.kind} ${step.id} ${step.at}`} class={`plan__step plan__step--${step.state}`}>
            <span class="plan__icon" aria-hidden="true">
              <Icon name={icons[step.kind]} />
            </span>
            <div class="plan__text">
              <span class="plan__title">{step.title}</span>
              {step.id !== "" && <Copy text={step.id} />}
              <span class="plan__state">
                <StepState step={step} />
              </span>
              {step.note !== "" && <span class="plan__note">{step.note}</span>}
              {step.letter !== undefined && (
                <Link to={pathTo("deadLetters", "", step.letter)}>{t("openDeadLetter")}</Link>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Timeline({
  report,
  query,
  id,
}: {
  report: OrderReport;
  query: Record<string, string>;
  id: string;
}) {
  const entries = timeline(report);
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
      <Plan steps={plan(report, Date.now())} />
      <div class="chips chips--line timeline-filter" role="group" aria-label={t("filter")}>
        {kinds
          .filter((kind) => counts.has(kind))
          .map((kind) => (
            <Link key={kind} to={toggled(kind)} class={only.has(kind) ? "chip chip--on" : "chip"}>
              <Icon name={only.has(kind) ? "check" : icons[kind]} /> {codeText("kind", kind)}
              <span class="chip__count">{counts.get(kind)}</span>
            </Link>
          ))}
        <Link to={pathTo("order", id, { ...query, sort: back ? undefined : "new" })} class="chip">
          <Icon name={back ? "chevron-up" : "chevron-down"} /> {back ? t("newestFirst") : t("oldestFirst")}
        </Link>
      </div>
      {!report.messages_complete && <p class="quiet">{t("incomplete")}</p>}
      <ol class="timeline" data-testid="timeline">
        {(back ? [...shown].reverse() : shown).map((entry, at) => (
          <Entry key={`${entry.kind} ${entry.id} ${entry.at} ${at}`} entry={entry} />
        ))}
      </ol>
    </>
  );
}
