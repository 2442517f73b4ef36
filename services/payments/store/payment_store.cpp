#include "services/payments/store/payment_store.h"

#include "services/payments/ledger.h"

namespace bramble::payments {
namespace {

PaymentRow row_of(const Row& row) {
  PaymentRow payment;
  payment.payment_id = row.get<PaymentId>(0);
  payment.order_id = row.get<OrderId>(1);
  payment.user_id = row.get<UserId>(2);
  payment.provider = row.get<std::string>(3);
  payment.method = row.get<std::string>(4);
  payment.state.amount_minor = row.get<std::int64_t>(5);
  payment.currency = row.get<std::string>(6);
  payment.state.status = row.get<PaymentStatus>(7);
  payment.state.goal = row.get<PaymentGoal>(8);
  payment.state.late = row.get<bool>(9);
  payment.bank_payment_id = row.get<std::optional<std::string>>(10);
  payment.redirect_url = row.get<std::optional<std::string>>(11);
  payment.decline_reason = row.get<std::optional<std::string>>(12);
  payment.state.captured_minor = row.get<std::int64_t>(13);
  payment.state.refunded_minor = row.get<std::int64_t>(14);
  payment.session_expires_at = row.get<Time>(15);
  payment.created_at = row.get<Time>(16);
  payment.updated_at = row.get<Time>(17);
  payment.next_check_at = row.get<std::optional<Time>>(18);
  payment.checks = row.get<std::int64_t>(19);
  payment.number = row.get<std::int64_t>(20);
  payment.attempt_key = row.get<std::string>(21);
  payment.asked_at = row.get<std::optional<Time>>(22);
  payment.unanswered_since = row.get<std::optional<Time>>(23);
  return payment;
}

#define PAYMENT_COLUMNS                                                                                 \
  "payment_id, order_id, user_id, provider, method, amount_minor, currency, status, wish, late, "       \
  "bank_payment_id, redirect_url, decline_reason, captured_minor, refunded_minor, session_expires_at, " \
  "created_at, updated_at, next_check_at, checks, number, attempt_key, asked_at, unanswered_since"

}  // namespace

Payment view_of(const PaymentRow& row) {
  Payment view;
  view.payment_id = row.payment_id;
  view.status = row.state.status;
  if (row.state.status == PaymentStatus::requires_action) {
    view.redirect_url = row.redirect_url;
    view.pay_until = row.session_expires_at;
  }
  view.decline_reason = row.decline_reason;
  view.amount = Money{row.state.amount_minor, row.currency};
  view.attempt = row.number;
  view.attempts_left = most_attempts - row.number;
  view.asked_at = row.asked_at;
  if (is_open(row.state)) view.bank_unreachable_since = row.unanswered_since;
  if (row.state.refunded_minor > 0) view.refunded = Money{row.state.refunded_minor, row.currency};
  return view;
}

bool is_same_payment(const PaymentRow& row, std::string_view provider, const BankPayment& payment) {
  return row.provider == provider && row.payment_id.text() == payment.payment_id &&
         row.order_id.text() == payment.order_id &&
         row.bank_payment_id.value_or(payment.bank_payment_id) == payment.bank_payment_id &&
         row.state.amount_minor == payment.amount_minor && row.currency == payment.currency;
}

std::optional<PaymentRow> PaymentStore::find(Tx& tx, const PaymentId& payment) const {
  auto rows = tx.query("SELECT " PAYMENT_COLUMNS " FROM payment WHERE payment_id = $1", payment);
  if (rows.empty()) return std::nullopt;
  return row_of(rows.front());
}

std::optional<PaymentRow> PaymentStore::find_by_order(Tx& tx, const OrderId& order) const {
  auto rows =
      tx.query("SELECT " PAYMENT_COLUMNS " FROM payment WHERE order_id = $1 ORDER BY number DESC LIMIT 1",
               order);
  if (rows.empty()) return std::nullopt;
  return row_of(rows.front());
}

std::vector<PaymentRow> PaymentStore::attempts(Tx& tx, const OrderId& order) const {
  std::vector<PaymentRow> found;
  auto rows = tx.query("SELECT " PAYMENT_COLUMNS " FROM payment WHERE order_id = $1 ORDER BY number", order);
  for (auto row : rows) found.push_back(row_of(row));
  return found;
}

bool PaymentStore::is_superseded(Tx& tx, const PaymentRow& row) const {
  return !tx.query("SELECT number FROM payment WHERE order_id = $1 AND number > $2 LIMIT 1", row.order_id,
                   row.number)
              .empty();
}

bool PaymentStore::add(Tx& tx, const PaymentRow& row) const {
  return tx.exec("INSERT INTO payment (" PAYMENT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
                 "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
                 " ON CONFLICT (order_id, number) DO NOTHING",
                 row.payment_id, row.order_id, row.user_id, row.provider, row.method, row.state.amount_minor,
                 row.currency, row.state.status, row.state.goal, row.state.late, row.bank_payment_id,
                 row.redirect_url, row.decline_reason, row.state.captured_minor, row.state.refunded_minor,
                 row.session_expires_at, row.created_at, row.updated_at, row.next_check_at, row.checks,
                 row.number, row.attempt_key, row.asked_at, row.unanswered_since) == 1;
}

void PaymentStore::save(Tx& tx, const PaymentRow& row) const {
  tx.send(
      "UPDATE payment SET status = $2, wish = $3, late = $4, bank_payment_id = $5, redirect_url = $6,"
      " decline_reason = $7, captured_minor = $8, refunded_minor = $9, updated_at = $10, next_check_at = $11,"
      " checks = $12, asked_at = $13, unanswered_since = $14 WHERE payment_id = $1",
      row.payment_id, row.state.status, row.state.goal, row.state.late, row.bank_payment_id, row.redirect_url,
      row.decline_reason, row.state.captured_minor, row.state.refunded_minor, tx.now(), row.next_check_at,
      row.checks, row.asked_at, row.unanswered_since);
}

void PaymentStore::forget_unstarted(Tx& tx, const OrderId& order) const {
  tx.send("DELETE FROM payment WHERE order_id = $1 AND status = $2 AND wish = $3 AND bank_payment_id IS NULL",
          order, PaymentStatus::processing, PaymentGoal::none);
}

std::vector<PaymentRow> PaymentStore::due(Tx& tx, Time now, std::int64_t limit) const {
  std::vector<PaymentRow> found;
  auto rows = tx.query("SELECT " PAYMENT_COLUMNS
                       " FROM payment WHERE next_check_at IS NOT NULL AND next_check_at <= $1"
                       " ORDER BY next_check_at LIMIT $2",
                       now, limit);
  for (auto row : rows) found.push_back(row_of(row));
  return found;
}

std::vector<RefundRow> PaymentStore::refunds(Tx& tx, const PaymentId& payment) const {
  std::vector<RefundRow> found;
  auto rows = tx.query("SELECT number, key, amount_minor, done, created_at FROM refund WHERE payment_id = $1"
                       " ORDER BY number",
                       payment);
  for (auto row : rows) {
    found.push_back({row.get<std::int64_t>(0), row.get<std::string>(1), row.get<std::int64_t>(2),
                     row.get<bool>(3), row.get<Time>(4)});
  }
  return found;
}

void PaymentStore::add_refund(Tx& tx, const PaymentRow& payment, const RefundRow& refund) const {
  tx.send("INSERT INTO refund (payment_id, number, order_id, key, amount_minor, done, created_at)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7)",
          payment.payment_id, refund.number, payment.order_id, refund.key, refund.amount_minor, refund.done,
          refund.created_at);
}

void PaymentStore::settle_refund(Tx& tx, const PaymentId& payment, std::int64_t number) const {
  tx.send("UPDATE refund SET done = 1 WHERE payment_id = $1 AND number = $2", payment, number);
}

bool PaymentStore::add_webhook(Tx& tx, std::string_view provider, const std::string& event_id,
                               const std::string& payment_id, const std::string& type,
                               const std::string& body, bool applied) const {
  return tx.exec("INSERT INTO webhook (provider, event_id, payment_id, type, body, received_at, applied)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (provider, event_id) DO NOTHING",
                 provider, event_id, payment_id, type, body, tx.now(), applied) == 1;
}

bool PaymentStore::was_accepted_late(Tx& tx, const PaymentRow& row) const {
  if (row.state.captured_minor == 0) return false;
  return !tx.query("SELECT 1 FROM ledger_entry WHERE document = 'accept_late' AND key = $1",
                   row.payment_id.text())
              .empty();
}

void PaymentStore::post(Tx& tx, std::string_view document, const std::string& key, const OrderId& order,
                        const std::string& currency, const std::vector<Posting>& postings) const {
  check_balanced(postings);
  auto entry = new_id<EntryId>(clock_, random_, order.text());
  auto added = tx.exec("INSERT INTO ledger_entry (entry_id, document, key, order_id, currency, at)"
                       " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (document, key) DO NOTHING",
                       entry, document, key, order, currency, tx.now());
  if (added == 0) return;
  std::int64_t line = 0;
  for (const auto& posting : postings) {
    tx.send("INSERT INTO posting (entry_id, line, account, amount_minor) VALUES ($1, $2, $3, $4)", entry,
            ++line, posting.account, posting.amount_minor);
  }
}

std::vector<LedgerEntry> PaymentStore::entries(Tx& tx, const OrderId& order) const {
  std::vector<LedgerEntry> found;
  auto rows = tx.query("SELECT ledger_entry.entry_id, document, key, currency, at, account, amount_minor"
                       " FROM ledger_entry JOIN posting ON posting.entry_id = ledger_entry.entry_id"
                       " WHERE order_id = $1 ORDER BY at, ledger_entry.entry_id, line LIMIT 1000",
                       order);
  for (auto row : rows) {
    auto id = row.get<EntryId>(0);
    if (found.empty() || found.back().entry_id != id) {
      found.push_back({id,
                       row.get<std::string>(1),
                       row.get<std::string>(2),
                       row.get<std::string>(3),
                       row.get<Time>(4),
                       {}});
    }
    found.back().postings.push_back({row.get<std::string>(5), row.get<std::int64_t>(6)});
  }
  return found;
}

std::vector<StoredWebhook> PaymentStore::webhooks(Tx& tx, const PaymentId& payment) const {
  std::vector<StoredWebhook> found;
  auto rows = tx.query("SELECT event_id, type, received_at, applied, provider, payment_id FROM webhook"
                       " WHERE payment_id = $1"
                       " ORDER BY received_at LIMIT 200",
                       payment);
  for (auto row : rows) {
    found.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<Time>(2), row.get<bool>(3),
                     row.get<std::string>(4), row.get<std::string>(5)});
  }
  return found;
}

}  // namespace bramble::payments
