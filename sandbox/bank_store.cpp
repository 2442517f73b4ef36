#include "sandbox/bank_store.h"

namespace bramble::sandbox {
namespace {

constexpr std::uint32_t stripes = 64;

struct Sums {
  std::int64_t payments = 0;
  std::int64_t captures = 0;
  std::int64_t refunds = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
};

void count(Tx& tx, const std::string& bank_payment_id, const Sums& more) {
  tx.send("INSERT INTO bank_totals (stripe, payments, captures, refunds, captured_minor, refunded_minor)"
          " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (stripe) DO UPDATE SET"
          " payments = bank_totals.payments + excluded.payments,"
          " captures = bank_totals.captures + excluded.captures,"
          " refunds = bank_totals.refunds + excluded.refunds,"
          " captured_minor = bank_totals.captured_minor + excluded.captured_minor,"
          " refunded_minor = bank_totals.refunded_minor + excluded.refunded_minor",
          bucket_of(bank_payment_id) % stripes, more.payments, more.captures, more.refunds,
          more.captured_minor, more.refunded_minor);
}

std::optional<BankPayment> first(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return BankPayment{.bank_payment_id = row.get<std::string>(0),
                     .payment_id = row.get<std::string>(1),
                     .order_id = row.get<std::string>(2),
                     .method = row.get<BankMethod>(3),
                     .status = row.get<BankStatus>(4),
                     .amount_minor = row.get<std::int64_t>(5),
                     .authorised_minor = row.get<std::int64_t>(6),
                     .captured_minor = row.get<std::int64_t>(7),
                     .refunded_minor = row.get<std::int64_t>(8),
                     .currency = row.get<std::string>(9),
                     .decline_reason = row.get<std::string>(10),
                     .wrong_codes = row.get<std::int64_t>(11),
                     .return_url = row.get<std::string>(12),
                     .webhook_url = row.get<std::string>(13),
                     .session_expires_at = row.get<Time>(14)};
}

}  // namespace

bool BankStore::add(Tx& tx, const BankPayment& payment) {
  auto added = tx.exec(
      "INSERT INTO bank_payments (bank_payment_id, payment_id, order_id, method, status, amount_minor,"
      " authorised_minor, captured_minor, refunded_minor, currency, decline_reason, wrong_codes, return_url,"
      " webhook_url, session_expires_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (payment_id) "
      "DO NOTHING",
      payment.bank_payment_id, payment.payment_id, payment.order_id, payment.method, payment.status,
      payment.amount_minor, payment.authorised_minor, payment.captured_minor, payment.refunded_minor,
      payment.currency, payment.decline_reason, payment.wrong_codes, payment.return_url, payment.webhook_url,
      payment.session_expires_at);
  if (added == 1) count(tx, payment.bank_payment_id, {.payments = 1});
  return added == 1;
}

std::optional<BankPayment> BankStore::find(Tx& tx, const std::string& bank_payment_id) {
  return first(
      tx.query("SELECT bank_payment_id, payment_id, order_id, method, status, amount_minor, authorised_minor,"
               " captured_minor, refunded_minor, currency, decline_reason, wrong_codes, return_url,"
               " webhook_url, session_expires_at FROM bank_payments WHERE bank_payment_id = $1",
               bank_payment_id));
}

std::optional<BankPayment> BankStore::find_by_merchant(Tx& tx, const std::string& payment_id) {
  return first(
      tx.query("SELECT bank_payment_id, payment_id, order_id, method, status, amount_minor, authorised_minor,"
               " captured_minor, refunded_minor, currency, decline_reason, wrong_codes, return_url,"
               " webhook_url, session_expires_at FROM bank_payments WHERE payment_id = $1",
               payment_id));
}

void BankStore::save(Tx& tx, const BankPayment& before, const BankPayment& after) {
  tx.send(
      "UPDATE bank_payments SET status = $2, authorised_minor = $3, captured_minor = $4, refunded_minor = $5,"
      " decline_reason = $6, wrong_codes = $7 WHERE bank_payment_id = $1",
      after.bank_payment_id, after.status, after.authorised_minor, after.captured_minor, after.refunded_minor,
      after.decline_reason, after.wrong_codes);
  Sums more{.captures = after.captured_minor > before.captured_minor,
            .refunds = after.refunded_minor > before.refunded_minor,
            .captured_minor = after.captured_minor - before.captured_minor,
            .refunded_minor = after.refunded_minor - before.refunded_minor};
  if (more.captures != 0 || more.refunds != 0) count(tx, after.bank_payment_id, more);
}

bool BankStore::add_refund(Tx& tx, const std::string& refund_id, const BankPayment& payment,
                           std::int64_t amount_minor) {
  return tx.exec("INSERT INTO bank_refunds (refund_id, bank_payment_id, amount_minor, created_at)"
                 " VALUES ($1, $2, $3, $4) ON CONFLICT (refund_id) DO NOTHING",
                 refund_id, payment.bank_payment_id, amount_minor, tx.now()) == 1;
}

std::optional<StoredAnswer> BankStore::answer(Tx& tx, const std::string& key) {
  auto rows =
      tx.query("SELECT digest, bank_payment_id, status, authorised_minor, captured_minor, refunded_minor,"
               " decline_reason FROM bank_answers WHERE idempotency_key = $1",
               key);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return StoredAnswer{row.get<std::string>(0),  row.get<std::string>(1),  row.get<BankStatus>(2),
                      row.get<std::int64_t>(3), row.get<std::int64_t>(4), row.get<std::int64_t>(5),
                      row.get<std::string>(6)};
}

void BankStore::store_answer(Tx& tx, const std::string& key, const std::string& digest,
                             const BankPayment& answered) {
  tx.send("INSERT INTO bank_answers (idempotency_key, digest, bank_payment_id, status, authorised_minor,"
          " captured_minor, refunded_minor, decline_reason, kept_at)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
          key, digest, answered.bank_payment_id, answered.status, answered.authorised_minor,
          answered.captured_minor, answered.refunded_minor, answered.decline_reason, tx.now());
}

std::int64_t BankStore::drop_answers(Tx& tx, Time before, std::int64_t limit) {
  return tx.exec("DELETE FROM bank_answers WHERE idempotency_key IN"
                 " (SELECT idempotency_key FROM bank_answers WHERE kept_at < $1 LIMIT $2)",
                 before, limit);
}

std::vector<std::string> BankStore::overdue(Tx& tx, Time now, std::int64_t limit) {
  std::vector<std::string> ids;
  for (auto row :
       tx.query("SELECT bank_payment_id FROM bank_payments WHERE status = 0 AND session_expires_at <= $1"
                " ORDER BY session_expires_at LIMIT $2",
                now, limit)) {
    ids.push_back(row.get<std::string>(0));
  }
  return ids;
}

Report BankStore::report(Tx& tx, std::int64_t page, std::int64_t limit) {
  // On PostgreSQL the SUM of a BIGINT is a NUMERIC, so the few stripes are added here.
  Report report{.currency = "RUB", .page = page, .limit = limit};
  for (auto row :
       tx.query("SELECT payments, captures, refunds, captured_minor, refunded_minor FROM bank_totals")) {
    report.total += row.get<std::int64_t>(0);
    report.captures += row.get<std::int64_t>(1);
    report.refunds += row.get<std::int64_t>(2);
    report.captured_minor += row.get<std::int64_t>(3);
    report.refunded_minor += row.get<std::int64_t>(4);
  }
  for (auto row :
       tx.query("SELECT payment_id, order_id, status, authorised_minor, captured_minor, refunded_minor"
                " FROM bank_payments ORDER BY bank_payment_id DESC LIMIT $1 OFFSET $2",
                limit, (page - 1) * limit)) {
    report.items.push_back(ReportItem{.payment_id = row.get<std::string>(0),
                                      .order_id = row.get<std::string>(1),
                                      .status = row.get<BankStatus>(2),
                                      .authorised_minor = row.get<std::int64_t>(3),
                                      .captured_minor = row.get<std::int64_t>(4),
                                      .refunded_minor = row.get<std::int64_t>(5)});
  }
  return report;
}

}  // namespace bramble::sandbox
