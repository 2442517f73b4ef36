// An order's money: attempts, refunds, webhooks, the ledger.
import type { Attempt, OrderReport, LedgerEntry, RefundRow } from "./api_types";
import { Amount, Coded, Facts, Id, Rows, Section, Status, When } from "./components";
import { money } from "./format";
import { t } from "./texts";
import { accountName, codeText } from "./code_texts";

function AttemptFacts({ attempt }: { attempt: Attempt }) {
  const { currency } = attempt.payment.amount;
  const flags = [attempt.end_wished ? t("endWished") : "", attempt.late ? t("latePayment") : ""].filter(
    (flag) => flag !== "",
  );
  return (
    <div class="panel">
      <p class="order-flags">
        <Status of={attempt.payment.status} group="payment" />
        {flags.map((flag) => (
          <span key={flag} class="badge badge--warning">
            {flag}
          </span>
        ))}
        {attempt.payment.decline_reason !== undefined && (
          <Coded of={attempt.payment.decline_reason} group="decline" />
        )}
      </p>
      <Facts
        of={[
          [t("payment"), <Id of={attempt.payment.payment_id} />],
          [t("bankId"), <Id of={attempt.bank_payment_id} />],
          [t("method"), `${codeText("method", attempt.method)} · ${codeText("provider", attempt.provider)}`],
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

function Refunds({ refunds }: { refunds: RefundRow[] }) {
  return (
    <Section title={t("partRefund")}>
      <Rows
        caption={t("partRefund")}
        rows={refunds}
        keyOf={(refund) => refund.key}
        columns={[
          { label: t("at"), cell: (refund) => <When at={refund.created_at} precise /> },
          { label: t("sum"), cell: (refund) => <Amount of={refund.amount} />, number: true },
          {
            label: t("state"),
            cell: (refund) => (refund.done ? t("refunded") : <strong>{t("toRefund")}</strong>),
          },
          { label: t("key"), cell: (refund) => <Id of={refund.key} /> },
        ]}
      />
    </Section>
  );
}

function Ledger({ entries }: { entries: LedgerEntry[] }) {
  return (
    <Section title={t("ledger")}>
      <Rows
        caption={t("ledger")}
        rows={entries}
        keyOf={(entry) => entry.entry_id}
        columns={[
          { label: t("at"), cell: (entry) => <When at={entry.at} precise /> },
          { label: t("document"), cell: (entry) => codeText("document", entry.document) },
          {
            label: t("postings"),
            cell: (entry) => (
              <ul class="postings">
                {entry.postings.map((line, at) => (
                  <li key={at}>
                    <span class="postings__account" title={line.account}>
                      {accountName(line.account)}
                    </span>
                    <span class="amount">
                      {money({ amount_minor: line.amount_minor, currency: entry.currency })}
                    </span>
                  </li>
                ))}
              </ul>
            ),
          },
          { label: t("entry"), cell: (entry) => <Id of={entry.entry_id} /> },
        ]}
      />
    </Section>
  );
}

export function MoneyPart({ report }: { report: OrderReport }) {
  const { attempts, webhooks, entries, refunds } = report.money;
  return (
    <>
      <Section title={t("paymentsTitle")}>
        {attempts.length === 0 && <p class="quiet">{t("nothingHere")}</p>}
        {attempts.map((attempt) => (
          <AttemptFacts key={attempt.payment.payment_id} attempt={attempt} />
        ))}
      </Section>
      {refunds.length > 0 && <Refunds refunds={refunds} />}
      <Section title={t("webhooks")}>
        <Rows
          caption={t("webhooks")}
          rows={webhooks}
          keyOf={(hook) => hook.event_id}
          columns={[
            { label: t("received"), cell: (hook) => <When at={hook.received_at} precise /> },
            { label: t("type"), cell: (hook) => <Coded of={hook.type} group="webhook" /> },
            {
              label: t("state"),
              cell: (hook) => (hook.applied ? t("applied") : <strong>{t("notApplied")}</strong>),
            },
            { label: t("event"), cell: (hook) => <Id of={hook.event_id} /> },
          ]}
        />
      </Section>
      <Ledger entries={entries} />
    </>
  );
}
