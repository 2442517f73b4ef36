// The tables of payments, webhooks and the ledger; the only file that knows them. Every ledger entry balances
// and happens once per (document, key).
#pragma once

#include <optional>
#include <vector>

#include "ports/clock.h"
#include "ports/database.h"
#include "services/payments/payment_rules.h"
#include "services/payments/payments.api.h"

namespace bramble::payments {

// The limit for one order.
constexpr std::int64_t most_attempts = 5;

struct PaymentRow {
  PaymentId payment_id;
  OrderId order_id;
  UserId user_id;
  std::string provider;
  std::string method;
  std::string currency;
  PaymentState state;
  std::optional<std::string> bank_payment_id;
  std::optional<std::string> redirect_url;
  std::optional<std::string> decline_reason;
  Time session_expires_at;
  Time created_at;
  Time updated_at;
  std::optional<Time> next_check_at;
  std::int64_t checks = 0;
  std::int64_t number = 1;               // of the attempt, from 1
  std::string attempt_key;               // of the request that started it; empty: the first attempt
  std::optional<Time> asked_at;          // when the bank was last asked
  std::optional<Time> unanswered_since;  // since when the bank has not answered

  bool operator==(const PaymentRow&) const = default;
};

// A partial refund.
struct RefundRow {
  std::int64_t number = 0;  // from 1
  std::string key;
  std::int64_t amount_minor = 0;
  bool done = false;
  Time created_at;
};

Payment view_of(const PaymentRow& row);

// Whether what the provider says of a payment fits what is stored: its ids, amount and currency. Until the
// bank's id is stored, any fits.
bool is_same_payment(const PaymentRow& row, std::string_view provider, const BankPayment& payment);

class PaymentStore {
 public:
  PaymentStore(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  std::optional<PaymentRow> find(Tx& tx, const PaymentId& payment) const;
  // The current attempt of the order, which is the last.
  std::optional<PaymentRow> find_by_order(Tx& tx, const OrderId& order) const;
  // All attempts, oldest first.
  std::vector<PaymentRow> attempts(Tx& tx, const OrderId& order) const;
  // Whether the order has a later attempt.
  bool is_superseded(Tx& tx, const PaymentRow& row) const;
  // False if the order has an attempt of that number already.
  bool add(Tx& tx, const PaymentRow& row) const;
  void save(Tx& tx, const PaymentRow& row) const;
  // Deletes an attempt that the bank does not know, unless it must end.
  void forget_unstarted(Tx& tx, const OrderId& order) const;
  // Payments about which the reconciler has to ask now.
  std::vector<PaymentRow> due(Tx& tx, Time now, std::int64_t limit) const;

  // In the order of their numbers.
  std::vector<RefundRow> refunds(Tx& tx, const PaymentId& payment) const;
  void add_refund(Tx& tx, const PaymentRow& payment, const RefundRow& refund) const;
  void settle_refund(Tx& tx, const PaymentId& payment, std::int64_t number) const;

  // False if the event is stored already.
  bool add_webhook(Tx& tx, std::string_view provider, const std::string& event_id,
                   const std::string& payment_id, const std::string& type, const std::string& body,
                   bool applied) const;

  // Whether the order has accepted its late money.
  bool was_accepted_late(Tx& tx, const PaymentRow& row) const;
  // Does nothing if the entry exists.
  void post(Tx& tx, std::string_view document, const std::string& key, const OrderId& order,
            const std::string& currency, const std::vector<Posting>& postings) const;

  std::vector<LedgerEntry> entries(Tx& tx, const OrderId& order) const;
  std::vector<StoredWebhook> webhooks(Tx& tx, const PaymentId& payment) const;

 private:
  const Clock& clock_;
  Random& random_;
};

}  // namespace bramble::payments
