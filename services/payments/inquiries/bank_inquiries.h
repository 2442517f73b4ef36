// Asks the bank how payments stand: webhooks are only hints. The bank is asked by a timetable, when the buyer
// comes back, and before anything is ended. While it does not answer, nothing is guessed.
#pragma once

#include "services/payments/updates/bank_updates.h"

namespace bramble::payments {

// The bank's answer to the creation of a payment that is not stored yet.
struct UnsavedAnswer {
  Payment shown;  // with the answer
  BankPayment update;
};
using UnsavedAnswers = Recent<OrderId, UnsavedAnswer>;

PaymentEnd end_of(const PaymentRow& row, bool unless_confirmed);

// Throws Error not_found.
Task<PaymentRow> row_of_order(const Dependencies& given, Call call, OrderId order);

class BankInquiries {
 public:
  BankInquiries(const Dependencies& given, BankUpdates& updates, UnsavedAnswers& unsaved)
      : given_(given), updates_(updates), unsaved_(unsaved) {}

  Task<Payment> ask(Call call, OrderPaymentRequest request);
  Task<Payment> settle(Call call, OrderPaymentRequest request);
  // Asks about payments that have been open for long.
  Task<void> reconcile(Call call);

  // Asks about one payment and applies the answer. False: the bank did not answer, and that is noted.
  Task<bool> look(Call call, PaymentRow row);
  // Whether the request that creates the payment may still be on its way to the bank.
  bool may_be_on_its_way(const PaymentRow& row) const;

 private:
  Task<BankPayment> settle_at_bank(PaymentRow row);
  Task<std::optional<BankPayment>> ask_bank(Call call, PaymentRow row);
  Task<void> look_alone(Call call, PaymentRow row);

  const Dependencies& given_;
  BankUpdates& updates_;
  UnsavedAnswers& unsaved_;
};

}  // namespace bramble::payments
