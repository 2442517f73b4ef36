// A buyer's orders: the list, one order with its live status, and cancelling it.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/account/account_summary.h"
#include "gateways/storefront/checkout/repayment_form.h"
#include "gateways/storefront/services.h"
#include "ports/clock.h"

namespace bramble::storefront {

class OrderPages {
 public:
  // `repayment` must outlive it.
  OrderPages(const RepaymentForm& repayment, const Services& services, Random& random, AccountSummary summary)
      : repayment_(repayment),
        cart_(services.cart),
        orders_(services.orders),
        random_(random),
        summary_(std::move(summary)) {}

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  using PageRequest = pages::PageRequest;
  using Answer = pages::Answer;

  Task<Answer> list_orders(PageRequest& request);
  Task<Answer> show_order(PageRequest& request);
  Task<Answer> ask_to_cancel(PageRequest& request);
  Task<Answer> cancel(PageRequest& request);
  Task<Answer> order_again(PageRequest& request);

  const RepaymentForm& repayment_;
  cart::CartApi& cart_;
  orders::OrdersApi& orders_;
  Random& random_;
  AccountSummary summary_;
};

}  // namespace bramble::storefront
