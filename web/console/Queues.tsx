// How every part is, and what waits where.
import { Icon } from "../design/Icon";
import type { Health, QueueRow, Queues as Report } from "./api_types";
import { Coded, Facts, Failed, Loading, Rows, Section, When } from "./components";
import { useFetched } from "./fetching";
import { bytes, count, isTime, span } from "./format";
import { t } from "./texts";
import { codeText } from "./code_texts";

// Longer than this nothing should wait.
const longMs = 60_000;

function Waiting({ many, oldestMs }: { many: number; oldestMs: number }) {
  if (many === 0) return <>0</>;
  return (
    <span class={oldestMs > longMs ? "badge badge--error" : ""}>
      {count(many)} · {t("oldest")} {span(oldestMs)}
    </span>
  );
}

function Dead({ row }: { row: QueueRow }) {
  const many = row.dead_jobs + row.dead_events;
  return many === 0 ? <>0</> : <span class="badge badge--error">{count(many)}</span>;
}

// "dependency bank" is the bank to a reader; other parts are named as the process names them.
function partName(part: string): string {
  const outside = part.replace(/^dependency /, "");
  if (outside !== part) return codeText("outside", outside);
  return part
    .split(" ")
    .map((word) => codeText("module", word))
    .join(" ");
}

export function Queues() {
  const report = useFetched<Report>("/api/v1/queues");
  const health = useFetched<Health>("/health");
  const failure = report.failure ?? health.failure;
  const { value } = report;
  const ill = health.value?.items.filter((part) => !part.ok) ?? [];
  // What could not be asked about is not known to be well.
  const tellsHealth = ill.length > 0 || (health.value !== undefined && failure === undefined);
  return (
    <>
      <h1>{t("queues")}</h1>
      {failure !== undefined && <Failed failure={failure} again={() => (report.again(), health.again())} />}
      {value === undefined && failure === undefined && <Loading />}
      {tellsHealth && (
        <div class={`notice notice--${ill.length === 0 ? "success" : "error"}`} role="status">
          <Icon name={ill.length === 0 ? "circle-check" : "triangle-alert"} />
          <div class="notice__text">
            <strong class="notice__title">{ill.length === 0 ? t("healthy") : t("unhealthy")}</strong>
            {ill.length > 0 && (
              <ul>
                {ill.map((part) => (
                  <li key={part.part}>
                    {partName(part.part)}: {part.detail}
                    {isTime(part.since) && (
                      <>
                        {". "}
                        {t("failsSince")} <When at={part.since} ago />
                      </>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
      )}
      {value !== undefined && (
        <>
          <Section title={t("process")}>
            <div class="panel">
              <Facts
                of={[
                  [t("version"), value.version],
                  [t("built"), <When at={value.built_at} />],
                  [t("uptime"), span(new Date(value.now).getTime() - new Date(value.started_at).getTime())],
                  [t("memory"), bytes(value.resident_bytes)],
                  [t("processor"), span(value.cpu_seconds * 1000)],
                  [t("files"), count(value.open_files)],
                ]}
              />
            </div>
          </Section>
          <Section title={t("queuesTitle")}>
            <Rows
              caption={t("queuesTitle")}
              rows={value.modules}
              keyOf={(row) => row.module}
              columns={[
                {
                  label: t("module"),
                  cell: (row) => (
                    <strong>
                      <Coded of={row.module} group="module" />{" "}
                      {!row.readable && <span class="badge badge--error">{t("unreadable")}</span>}
                    </strong>
                  ),
                },
                {
                  label: t("outbox"),
                  cell: (row) => <Waiting many={row.events_waiting} oldestMs={row.oldest_event_ms} />,
                  number: true,
                },
                { label: t("inHand"), cell: (row) => count(row.events_in_hand), number: true },
                {
                  label: t("jobsDue"),
                  cell: (row) => <Waiting many={row.jobs_due} oldestMs={row.oldest_job_ms} />,
                  number: true,
                },
                { label: t("running"), cell: (row) => count(row.jobs_running), number: true },
                { label: t("dead"), cell: (row) => <Dead row={row} />, number: true },
                { label: t("writer"), cell: (row) => count(row.units_queued), number: true },
                { label: t("transactions"), cell: (row) => count(row.units), number: true },
                { label: t("failedUnits"), cell: (row) => count(row.failed_units), number: true },
                { label: t("commits"), cell: (row) => count(row.commits), number: true },
                { label: t("reads"), cell: (row) => count(row.reads), number: true },
              ]}
            />
          </Section>
        </>
      )}
    </>
  );
}
