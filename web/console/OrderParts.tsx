// An order part by part: what is in it, its money, its goods, its messages.
import type { Attempt, Dossier, HoldRow, Movement } from "./facts";
import { Amount, Facts, Id, Rows, Section, Status, When } from "./parts";
import { money } from "./shown";
import { t } from "./texts";
import { wordOf } from "./words";

export function ItemsPart({ dossier }: { dossier: Dossier }) {
  const { units, history } = dossier.inspection;
  return (
    <>
      <Section title={t("items")}>
        <Rows
          caption={t("items")}
          rows={units}
          keyOf={(unit) => unit.item_id}
          columns={[
            {
              label: t("goods"),
              cell: (unit) => (
                <span class="two-lines">
                  {unit.title}
                  <small>{Object.values(unit.options).join(", ")}</small>
                </span>
              ),
            },
            { label: t("sku"), cell: (unit) => <Id of={unit.sku_id} /> },
            { label: t("status"), cell: (unit) => <Status of={unit.status} group="status" /> },
            { label: t("site"), cell: (unit) => unit.site_id ?? "—" },
            { label: t("price"), cell: (unit) => <Amount of={unit.price} />, number: true },
            { label: t("item"), cell: (unit) => <Id of={unit.item_id} /> },
          ]}
        />
      </Section>
      <Section title={t("history")}>
        <Rows
          caption={t("history")}
          rows={history}
          keyOf={(step) => String(step.version)}
          columns={[
            { label: t("version"), cell: (step) => step.version },
            { label: t("status"), cell: (step) => <Status of={step.status} group="status" /> },
            { label: t("at"), cell: (step) => <When at={step.at} precise ago /> },
          ]}
        />
      </Section>
      <Section title={t("notices")}>
        <Rows
          caption={t("notices")}
          rows={dossier.notices}
          keyOf={(notice) => String(notice.seq)}
          columns={[
            { label: t("at"), cell: (notice) => <When at={notice.at} precise /> },
            { label: t("notices"), cell: (notice) => notice.message },
          ]}
        />
      </Section>
    </>
  );
}

export function AttemptFacts({ attempt }: { attempt: Attempt }) {
  const { currency } = attempt.payment.amount;
  const flags = [attempt.end_wished ? t("endWished") : "", attempt.late ? t("latePayment") : ""].filter((flag) => flag !== "");
  return (
    <div class="panel">
      <p class="order-flags">
        <Status of={attempt.payment.status} group="payment" />
        {flags.map((flag) => (
          <span key={flag} class="badge badge--warning">
            {flag}
          </span>
        ))}
        {attempt.payment.decline_reason !== undefined && <code>{attempt.payment.decline_reason}</code>}
      </p>
      <Facts
        of={[
          [t("payment"), <Id of={attempt.payment.payment_id} />],
          [t("bankId"), <Id of={attempt.bank_payment_id} />],
          [t("method"), `${attempt.provider} · ${attempt.method}`],
          [t("sum"), <Amount of={attempt.payment.amount} />],
          [t("captured"), <Amount of={{ amount_minor: attempt.captured_minor, currency }} />],
          [t("refunded"), <Amount of={{ amount_minor: attempt.refunded_minor, currency }} />],
          [t("created"), <When at={attempt.created_at} />],
          [t("changed"), <When at={attempt.updated_at} />],
          [t("session"), <When at={attempt.session_expires_at} />],
          [t("nextCheck"), <When at={attempt.next_check_at} />],
          [t("checks"), attempt.checks],
        ]}
      />
    </div>
  );
}

export function MoneyPart({ dossier }: { dossier: Dossier }) {
  const { attempts, webhooks, entries } = dossier.money;
  return (
    <>
      <Section title={t("paymentsTitle")}>
        {attempts.length === 0 && <p class="quiet">{t("nothingHere")}</p>}
        {attempts.map((attempt) => (
          <AttemptFacts key={attempt.payment.payment_id} attempt={attempt} />
        ))}
      </Section>
      {dossier.money.refunds.length > 0 && (
        <Section title={t("partRefund")}>
          <Rows
            caption={t("partRefund")}
            rows={dossier.money.refunds}
            keyOf={(refund) => refund.key}
            columns={[
              { label: t("at"), cell: (refund) => <When at={refund.created_at} precise /> },
              { label: t("sum"), cell: (refund) => <Amount of={refund.amount} />, number: true },
              { label: t("state"), cell: (refund) => (refund.done ? t("refunded") : <strong>{t("toRefund")}</strong>) },
              { label: t("key"), cell: (refund) => <Id of={refund.key} /> },
            ]}
          />
        </Section>
      )}
      <Section title={t("webhooks")}>
        <Rows
          caption={t("webhooks")}
          rows={webhooks}
          keyOf={(hook) => hook.event_id}
          columns={[
            { label: t("received"), cell: (hook) => <When at={hook.received_at} precise /> },
            { label: t("type"), cell: (hook) => <code>{hook.type}</code> },
            { label: t("state"), cell: (hook) => (hook.applied ? t("applied") : <strong>{t("notApplied")}</strong>) },
            { label: t("event"), cell: (hook) => <Id of={hook.event_id} /> },
          ]}
        />
      </Section>
      <Section title={t("ledger")}>
        <Rows
          caption={t("ledger")}
          rows={entries}
          keyOf={(entry) => entry.entry_id}
          columns={[
            { label: t("at"), cell: (entry) => <When at={entry.at} precise /> },
            { label: t("document"), cell: (entry) => entry.document },
            {
              label: t("postings"),
              cell: (entry) => (
                <ul class="postings">
                  {entry.postings.map((line, at) => (
                    <li key={at}>
                      <span class="postings__account">{line.account}</span>
                      <span class="amount">{money({ amount_minor: line.amount_minor, currency: entry.currency })}</span>
                    </li>
                  ))}
                </ul>
              ),
            },
            { label: t("entry"), cell: (entry) => <Id of={entry.entry_id} /> },
          ]}
        />
      </Section>
    </>
  );
}

export function HoldRows({ holds, withOrder }: { holds: HoldRow[]; withOrder?: boolean }) {
  const order = { label: t("order"), cell: (hold: HoldRow) => <Id of={hold.order_id} /> };
  return (
    <Rows
      caption={t("holds")}
      rows={holds}
      keyOf={(hold) => `${hold.order_id} ${hold.attempt}`}
      columns={[
        ...(withOrder ? [order] : [{ label: t("attempt"), cell: (hold: HoldRow) => hold.attempt }]),
        { label: t("state"), cell: (hold) => <Status of={hold.state} group="hold" /> },
        {
          label: t("placements"),
          cell: (hold) => (
            <ul>
              {hold.placements.map((part) => (
                <li key={part.sku_id + part.site_id}>
                  {part.quantity} × <Id of={part.sku_id} /> {part.site_id}
                </li>
              ))}
            </ul>
          ),
        },
        { label: t("created"), cell: (hold) => <When at={hold.created_at} /> },
        { label: t("until"), cell: (hold) => <When at={hold.expires_at} /> },
        { label: t("version"), cell: (hold) => hold.version, number: true },
      ]}
    />
  );
}

export function MovementRows({ movements }: { movements: Movement[] }) {
  return (
    <Rows
      caption={t("movements")}
      rows={movements}
      keyOf={(move) => move.movement_id}
      columns={[
        { label: t("at"), cell: (move) => <When at={move.at} /> },
        { label: t("kind"), cell: (move) => wordOf("movement", move.kind) },
        { label: t("quantity"), cell: (move) => move.quantity, number: true },
        { label: t("fromTo"), cell: (move) => wordOf("places", move.kind) },
        { label: t("site"), cell: (move) => `${move.site_id} · ${move.bin}` },
        { label: t("sku"), cell: (move) => <Id of={move.sku_id} /> },
        { label: t("document"), cell: (move) => <Id of={move.document} /> },
        { label: t("who"), cell: (move) => <Id of={move.by_whom} /> },
      ]}
    />
  );
}

export function GoodsPart({ dossier }: { dossier: Dossier }) {
  const { work, holds } = dossier;
  return (
    <>
      <Section title={t("holds")}>
        <HoldRows holds={holds} />
      </Section>
      <Section title={t("tasks")}>
        {!work.known && work.tasks.length === 0 && <p class="quiet">{t("warehouseUnknown")}</p>}
        {work.tasks.map(({ task, scans }) => (
          <div key={task.task_id} class="panel stack">
            <p class="order-flags">
              <Status of={task.status} group="task" /> <strong>{task.site_id}</strong> <Id of={task.task_id} />
              {task.package_barcode !== undefined && (
                <span>
                  {t("package")}: <Id of={task.package_barcode} whole />
                </span>
              )}
              <When at={task.created_at} ago />
            </p>
            <Rows
              caption={t("line")}
              rows={task.lines}
              keyOf={(line) => line.sku_id + line.bin}
              columns={[
                { label: t("sku"), cell: (line) => <Id of={line.sku_id} /> },
                { label: t("bin"), cell: (line) => line.bin },
                {
                  label: t("picked"),
                  cell: (line) => `${line.picked} / ${line.quantity}${line.missing > 0 ? ` (−${line.missing})` : ""}`,
                  number: true,
                },
              ]}
            />
            {scans.length > 0 && (
              <Rows
                caption={t("scans")}
                hideCaption={false}
                rows={scans}
                keyOf={(scan) => scan.scan_id}
                columns={[
                  { label: t("at"), cell: (scan) => <When at={scan.at} precise /> },
                  { label: t("quantity"), cell: (scan) => `${scan.quantity} × ${scan.barcode}` },
                  { label: t("bin"), cell: (scan) => scan.bin },
                  { label: t("who"), cell: (scan) => <Id of={scan.by_whom} /> },
                ]}
              />
            )}
          </div>
        ))}
      </Section>
      {work.shorts.length > 0 && (
        <Section title={t("shorts")}>
          <Rows
            caption={t("shorts")}
            rows={work.shorts}
            keyOf={(gap) => gap.short_id}
            columns={[
              { label: t("at"), cell: (gap) => <When at={gap.at} precise /> },
              { label: t("sku"), cell: (gap) => <Id of={gap.sku_id} /> },
              { label: t("bin"), cell: (gap) => gap.bin },
              { label: t("quantity"), cell: (gap) => gap.quantity, number: true },
              { label: t("reason"), cell: (gap) => wordOf("reason", gap.reason) },
              { label: t("state"), cell: (gap) => (gap.decided ? t("decided") : <strong>{t("undecided")}</strong>) },
              { label: t("who"), cell: (gap) => <Id of={gap.by_whom} /> },
            ]}
          />
        </Section>
      )}
      <Section title={t("movements")}>
        <MovementRows movements={work.movements} />
      </Section>
    </>
  );
}

export function MessagesPart({ dossier }: { dossier: Dossier }) {
  return (
    <>
      <Section title={t("jobs")}>
        <Rows
          caption={t("jobs")}
          rows={dossier.jobs}
          keyOf={(job) => job.job_id}
          columns={[
            { label: t("type"), cell: (job) => <code>{job.type}</code> },
            {
              label: t("runAt"),
              cell: (job) => (job.dead_at === undefined ? <When at={job.run_at} ago /> : <Status of="dead" group="receipt" />),
            },
            { label: t("attempts"), cell: (job) => job.attempts, number: true },
            { label: t("lastError"), cell: (job) => job.last_error || "—" },
            { label: t("key"), cell: (job) => <Id of={job.key} /> },
          ]}
        />
      </Section>
      <Section title={t("events")}>
        {!dossier.messages_complete && <p class="quiet">{t("incomplete")}</p>}
        <Rows
          caption={t("events")}
          rows={dossier.events}
          keyOf={(event) => event.event_id}
          columns={[
            { label: t("at"), cell: (event) => <When at={event.created_at} precise /> },
            { label: t("type"), cell: (event) => <code>{event.type}</code> },
            {
              label: t("consumers"),
              cell: (event) => (
                <ul class="receipts">
                  {event.receipts.map((receipt) => (
                    <li key={receipt.consumer}>
                      {receipt.consumer} <Status of={receipt.state} group="receipt" /> <When at={receipt.at} precise />
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
                    <pre class="payload">{pretty(event.payload)}</pre>
                  </details>
                ),
            },
            { label: t("event"), cell: (event) => <Id of={event.event_id} /> },
          ]}
        />
      </Section>
    </>
  );
}

export function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
