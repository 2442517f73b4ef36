// Starts an order's first payment attempt, in two steps that the caller puts beside work of its own: the
// attempt is stored while the goods are reserved, and the bank's answer while the order is saved. So the
// payment exists before the bank is called, and the buyer waits for neither transaction alone.
#pragma once

#include "services/payments/inquiries/bank_inquiries.h"

namespace bramble::payments {

// Throws Error invalid.
void check_start(const StartRequest& request);

PaymentRow new_row(const Dependencies& given, Tx& tx, const StartRequest& request);

// Nothing: it is not known whether the bank has the payment; the reconciler will find out.
Task<std::optional<BankPayment>> create_at_bank(const Dependencies& given, Call call, PaymentRow row,
                                                StartRequest request);

class AttemptStart {
 public:
  AttemptStart(const Dependencies& given, BankUpdates& updates, BankInquiries& inquiries,
               UnsavedAnswers& unsaved)
      : given_(given), updates_(updates), inquiries_(inquiries), unsaved_(unsaved) {}

  Task<Payment> prepare(Call call, StartRequest request);
  Task<Empty> drop(Call call, OrderPaymentRequest request);
  Task<Payment> create(Call call, StartRequest request);
  Task<Payment> record_answer(Call call, OrderPaymentRequest request);

 private:
  Task<PaymentRow> add(Call call, StartRequest request);

  const Dependencies& given_;
  BankUpdates& updates_;
  BankInquiries& inquiries_;
  UnsavedAnswers& unsaved_;
  // Attempts that this process has prepared and not created at the bank yet, as they were stored, so that
  // they need not be read. If another process has created one meanwhile, the bank is asked twice and knows it
  // by its id, so it is one payment.
  Recent<OrderId, PaymentRow> prepared_;
};

}  // namespace bramble::payments
