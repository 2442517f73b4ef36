// Gives money back: the whole payment when it ends, or parts of it while the order goes on. The decision is
// stored first. One job for each payment then makes the refunds at the bank one after another, so the sum
// that the bank reports tells which of them are done.
#pragma once

#include "services/payments/updates/bank_updates.h"

namespace bramble::payments {

class Refunds {
 public:
  Refunds(const Dependencies& given, BankUpdates& updates) : given_(given), updates_(updates) {}

  Task<Payment> cancel(Call call, CancelRequest request);
  Task<Payment> refund(Call call, RefundRequest request);
  // The job behind both. Throws until the bank has done what was decided.
  Task<void> end_at_bank(Call call, EndAtBank job);

 private:
  Task<PaymentRow> refund_parts(Call call, PaymentRow row);
  Task<void> refund_rest(Call call, PaymentRow row);

  const Dependencies& given_;
  BankUpdates& updates_;
};

}  // namespace bramble::payments
