#include "services/payments/store/payment_queries.h"

#include <algorithm>

namespace bramble::payments {
namespace {

constexpr std::int64_t most_rows = 100;
constexpr std::int64_t payments_a_look = 20'000;
constexpr std::int64_t payments_with_webhooks = 2'000;

std::int64_t bounded(std::int64_t limit) { return std::clamp<std::int64_t>(limit, 1, most_rows); }

// After every id: they begin with 48 bits of milliseconds.
std::string last_place() { return make_id_text(PaymentId::prefix, {253'402'300'799'000'000}, 0, {}); }

// Open payments are those of the reconciler's small index. The `|| ''` makes the planner use that index;
// otherwise it would read all payments in the order of their ids.
Rows open_ids(Tx& tx, const ListAttemptsRequest& request, std::int64_t status, std::int64_t limit) {
  return tx.query("SELECT payment_id FROM payment WHERE next_check_at IS NOT NULL AND payment_id || '' > $1"
                  " AND ($2 < 0 OR status = $2) ORDER BY payment_id || '' LIMIT $3",
                  request.from.value_or(PaymentId()), status, limit);
}

Rows latest_ids(Tx& tx, const std::string& before, std::int64_t status, std::int64_t limit) {
  return tx.query("SELECT payment_id FROM (SELECT payment_id, status FROM payment WHERE payment_id < $1"
                  " ORDER BY payment_id DESC LIMIT $4) AS recent WHERE ($2 < 0 OR status = $2)"
                  " ORDER BY payment_id DESC LIMIT $3",
                  before, status, limit, payments_a_look);
}

#define WEBHOOK_COLUMNS \
  "event_id, type, received_at, applied, webhook.provider, webhook.payment_id, payment.order_id"

Rows webhook_rows(Tx& tx, const ListWebhooksRequest& request, std::int64_t limit) {
  if (request.payment_id) {
    return tx.query("SELECT " WEBHOOK_COLUMNS " FROM webhook LEFT JOIN payment"
                    " ON payment.payment_id = webhook.payment_id WHERE webhook.payment_id = $1"
                    " AND ($4 = 0 OR applied = 0) ORDER BY received_at DESC, event_id LIMIT $2 OFFSET $3",
                    *request.payment_id, limit, request.offset, request.unapplied);
  }
  if (request.unapplied) {
    return tx.query("SELECT " WEBHOOK_COLUMNS " FROM webhook LEFT JOIN payment"
                    " ON payment.payment_id = webhook.payment_id WHERE applied = 0"
                    " ORDER BY received_at DESC, event_id LIMIT $1 OFFSET $2",
                    limit, request.offset);
  }
  // There is no index by time, since each payment would pay for it.
  return tx.query("SELECT " WEBHOOK_COLUMNS " FROM (SELECT payment_id, order_id FROM payment"
                  " ORDER BY payment_id DESC LIMIT $3) AS payment JOIN webhook"
                  " ON webhook.payment_id = payment.payment_id"
                  " ORDER BY received_at DESC, event_id LIMIT $1 OFFSET $2",
                  limit, request.offset, payments_with_webhooks);
}

}  // namespace

Attempt attempt_of(const PaymentRow& row) {
  Attempt attempt{view_of(row),   row.order_id,   row.provider, row.bank_payment_id.value_or(""),
                  row.created_at, row.updated_at, row.user_id,  row.method};
  attempt.end_wished = row.state.goal == PaymentGoal::end;
  attempt.late = row.state.late;
  attempt.captured_minor = row.state.captured_minor;
  attempt.refunded_minor = row.state.refunded_minor;
  attempt.session_expires_at = row.session_expires_at;
  attempt.next_check_at = row.next_check_at;
  attempt.checks = row.checks;
  // Only the buyer may open the bank's page.
  attempt.payment.redirect_url = std::nullopt;
  return attempt;
}

ListAttemptsReply PaymentQueries::attempts(Tx& tx, const PaymentStore& store,
                                           const ListAttemptsRequest& request) const {
  ListAttemptsReply reply;
  auto add = [&](const PaymentId& id) {
    if (auto row = store.find(tx, id)) reply.items.push_back(attempt_of(*row));
  };
  if (request.payment_id) {
    add(*request.payment_id);
    return reply;
  }
  auto limit = bounded(request.limit);
  auto status = request.status ? static_cast<std::int64_t>(*request.status) : -1;
  auto before = request.from ? request.from->text() : last_place();
  auto ids =
      request.open ? open_ids(tx, request, status, limit + 1) : latest_ids(tx, before, status, limit + 1);
  for (auto row : ids) {
    if (std::ssize(reply.items) < limit) add(row.get<PaymentId>(0));
  }
  if (std::ssize(ids) > limit) {
    reply.next = reply.items.back().payment.payment_id;
  } else if (!request.open) {
    auto rows = tx.query("SELECT payment_id FROM payment WHERE payment_id < $1"
                         " ORDER BY payment_id DESC LIMIT 1 OFFSET $2",
                         before, payments_a_look - 1);
    if (!rows.empty()) reply.next = rows.front().get<PaymentId>(0);
  }
  return reply;
}

ListWebhooksReply PaymentQueries::webhooks(Tx& tx, const ListWebhooksRequest& request) const {
  ListWebhooksReply reply;
  auto limit = bounded(request.limit);
  for (auto row : webhook_rows(tx, request, limit + 1)) {
    if (std::ssize(reply.items) == limit) {
      reply.more = true;
      break;
    }
    reply.items.push_back({{row.get<std::string>(0), row.get<std::string>(1), row.get<Time>(2),
                            row.get<bool>(3), row.get<std::string>(4), row.get<std::string>(5)},
                           row.get<std::optional<OrderId>>(6)});
  }
  return reply;
}

SuspenseReply PaymentQueries::suspense(Tx& tx, const SuspenseRequest& request) const {
  SuspenseReply reply;
  auto limit = bounded(request.limit);
  auto rows =
      tx.query("SELECT account, order_id, SUM(amount_minor), currency, MIN(at) FROM posting"
               " JOIN ledger_entry ON ledger_entry.entry_id = posting.entry_id"
               " WHERE substr(account, 1, 9) = 'suspense:' GROUP BY account, order_id, currency"
               " HAVING SUM(amount_minor) <> 0 ORDER BY MIN(at), order_id, account LIMIT $1 OFFSET $2",
               limit + 1, request.offset);
  for (auto row : rows) {
    if (std::ssize(reply.items) == limit) {
      reply.more = true;
      break;
    }
    reply.items.push_back({row.get<std::string>(0), row.get<OrderId>(1),
                           Money{row.get<std::int64_t>(2), row.get<std::string>(3)}, row.get<Time>(4)});
  }
  return reply;
}

}  // namespace bramble::payments
