// Answers what staff ask about payments, webhooks and suspense accounts.
#pragma once

#include "services/payments/dependencies.h"
#include "services/payments/store/payment_queries.h"

namespace bramble::payments {

class StaffPayments {
 public:
  explicit StaffPayments(const Dependencies& given) : given_(given) {}

  Task<OrderPayments> get_order_payments(Call call, OrderPaymentRequest request);
  Task<ListAttemptsReply> list_attempts(Call call, ListAttemptsRequest request);
  Task<ListWebhooksReply> list_webhooks(Call call, ListWebhooksRequest request);
  Task<SuspenseReply> list_suspense(Call call, SuspenseRequest request);

 private:
  const Dependencies& given_;
  PaymentQueries queries_;
};

}  // namespace bramble::payments
