// Takes the money of authorised payments, and gives late money to the order that accepts it.
#pragma once

#include "services/payments/inquiries/bank_inquiries.h"

namespace bramble::payments {

class Captures {
 public:
  Captures(const Dependencies& given, BankUpdates& updates) : given_(given), updates_(updates) {}

  Task<Payment> capture(Call call, CaptureRequest request);
  Task<Payment> accept_late(Call call, OrderPaymentRequest request);

 private:
  Task<Payment> capture_row(Call call, PaymentRow row);

  const Dependencies& given_;
  BankUpdates& updates_;
};

}  // namespace bramble::payments
