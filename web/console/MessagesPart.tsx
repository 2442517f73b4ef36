// The messages about an order: jobs that wait, events and who has taken them.
import type { OrderReport } from "./api_types";
import { Coded, Id, Rows, Section, Status, When } from "./components";
import { pretty } from "./format";
import { t } from "./texts";

function Events({ report }: { report: OrderReport }) {
  return (
    <Section title={t("events")}>
      {!report.messages_complete && <p class="quiet">{t("incomplete")}</p>}
      <Rows
        caption={t("events")}
        rows={report.events}
        keyOf={(event) => event.event_id}
        columns={[
          { label: t("at"), cell: (event) => <When at={event.created_at} precise /> },
          { label: t("type"), cell: (event) => <Coded of={event.type} group="event" /> },
          {
            label: t("consumers"),
            cell: (event) => (
              <ul class="receipts">
                {event.receipts.map((receipt) => (
                  <li key={receipt.consumer}>
                    <Coded of={receipt.consumer} group="module" />{" "}
                    <Status of={receipt.state} group="receipt" /> <When at={receipt.at} precise />
                    {receipt.last_error !== "" && <code class="receipts__error">{receipt.last_error}</code>}
                  </li>
                ))}
              </ul>
            ),
          },
          { label: t("published"), cell: (event) => <When at={event.published_at} precise /> },
          {
            label: t("payload"),
            cell: (event) =>
              event.payload === "" ? (
                "—"
              ) : (
                <details>
                  <summary>№ {event.seq}</summary>
                  <pre class="payload" tabIndex={0} role="region" aria-label={t("payload")}>
                    {pretty(event.payload)}
                  </pre>
                </details>
              ),
          },
          { label: t("event"), cell: (event) => <Id of={event.event_id} /> },
        ]}
      />
    </Section>
  );
}

export function MessagesPart({ report }: { report: OrderReport }) {
  return (
    <>
      <Section title={t("jobs")}>
        <Rows
          caption={t("jobs")}
          rows={report.jobs}
          keyOf={(job) => job.job_id}
          columns={[
            { label: t("type"), cell: (job) => <Coded of={job.type} group="job" /> },
            {
              label: t("runAt"),
              cell: (job) =>
                job.dead_at === undefined ? (
                  <When at={job.run_at} ago />
                ) : (
                  <Status of="dead" group="receipt" />
                ),
            },
            { label: t("attempts"), cell: (job) => job.attempts, number: true },
            { label: t("lastError"), cell: (job) => job.last_error || "—" },
            { label: t("key"), cell: (job) => <Id of={job.key} /> },
          ]}
        />
      </Section>
      <Events report={report} />
    </>
  );
}
