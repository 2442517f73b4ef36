// Queries of staff over payments, webhooks and suspense accounts. Each reads a bounded number of rows.
#pragma once

#include "services/payments/store/payment_store.h"

namespace bramble::payments {

Attempt attempt_of(const PaymentRow& row);

class PaymentQueries {
 public:
  ListAttemptsReply attempts(Tx& tx, const PaymentStore& store, const ListAttemptsRequest& request) const;
  ListWebhooksReply webhooks(Tx& tx, const ListWebhooksRequest& request) const;
  // Balances that are not zero, by account and order.
  SuspenseReply suspense(Tx& tx, const SuspenseRequest& request) const;
};

}  // namespace bramble::payments
