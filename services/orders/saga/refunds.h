// Refunds that have arrived: of some units, or of a whole order, which then becomes REFUNDED.
#pragma once

#include "services/orders/store/order_store.h"
#include "services/orders/store/short_store.h"
#include "services/payments/payments.api.h"

namespace bramble::orders {

class Refunds {
 public:
  void on_payment_refunded(Tx& tx, const payments::PaymentRefunded& event);

 private:
  OrderStore store_;
  ShortStore shorts_;
};

}  // namespace bramble::orders
