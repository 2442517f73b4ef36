// Applies what the bank reports of a payment, wherever the report comes from: the new state, the ledger
// entries, the events and the job that follow are written in one transaction.
#pragma once

#include "base/recent.h"
#include "services/payments/dependencies.h"
#include "services/payments/payment_rules.h"

namespace bramble::payments {

// The payment with the bank's report and the state that follows from it.
PaymentRow with_update(PaymentRow row, const BankPayment& update, const PaymentState& state);

// Sets when the reconciler asks the bank next.
void plan_look(PaymentRow& row, Duration first_look, Time now);

class BankUpdates {
 public:
  // reply: the caller of Capture has the answer, so no event tells the order of the capture.
  enum class Source { reply, update };

  explicit BankUpdates(const Dependencies& given) : given_(given) {}

  Task<PaymentRow> apply(Call call, PaymentId payment, BankPayment update, Source source);
  PaymentRow apply_in(Tx& tx, PaymentRow row, const BankPayment& update, Source source) const;

  // Payments as they were stored when they became authorised, so that Capture need not read them. The bank
  // refuses to capture a payment that has changed since then, or has captured it.
  void remember_authorised(const PaymentRow& row);
  std::optional<PaymentRow> take_authorised(const OrderId& order) { return authorised_.take(order); }

 private:
  void post_capture(Tx& tx, const PaymentRow& row, std::int64_t captured_minor) const;
  void post_refunds(Tx& tx, const PaymentRow& row, std::int64_t refunded_minor, bool late) const;

  const Dependencies& given_;
  Recent<OrderId, PaymentRow> authorised_;
};

}  // namespace bramble::payments
