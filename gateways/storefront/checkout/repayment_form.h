// The form that pays for an unpaid order in another way, on the pages of that order.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/checkout/pay_methods.h"
#include "ports/clock.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

class RepaymentForm {
 public:
  // `methods` must outlive it.
  RepaymentForm(Random& random, const PayMethods& methods) : random_(random), methods_(methods) {}

  // Shows the form if the order may be paid again. Each form makes at most one payment: its key identifies
  // it.
  void offer(pages::PageRequest& request, const orders::OrderView& order) const;

 private:
  Random& random_;
  const PayMethods& methods_;
};

}  // namespace bramble::storefront
