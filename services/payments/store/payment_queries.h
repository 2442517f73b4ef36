// What staff look for among payments, webhooks and suspense accounts. Every look is bounded.
#pragma once

#include "services/payments/store/payment_store.h"

namespace bramble::payments {

Attempt attempt_of(const PaymentRow& row);

class PaymentQueries {
 public:
  ListAttemptsReply attempts(Tx& tx, const PaymentStore& store, const ListAttemptsRequest& request) const;
  ListWebhooksReply webhooks(Tx& tx, const ListWebhooksRequest& request) const;
  // By account and order, what does not come to nothing.
  SuspenseReply suspense(Tx& tx, const SuspenseRequest& request) const;
};

}  // namespace bramble::payments
