// Paying for an order that exists: the way to the bank's page and back, and another payment after a declined
// one.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/checkout/repayment_form.h"

namespace bramble::storefront {

class PaymentPages {
 public:
  // The references must outlive it. The bank sends the buyer back to `return_url`.
  PaymentPages(const RepaymentForm& repayment, orders::OrdersApi& orders, const PayMethods& methods,
               std::string return_url)
      : repayment_(repayment), orders_(orders), methods_(methods), return_url_(std::move(return_url)) {}

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  using PageRequest = pages::PageRequest;
  using Answer = pages::Answer;

  Task<Answer> returned(PageRequest& request);
  Task<Answer> go_to_pay(PageRequest& request);
  Task<Answer> pay_again(PageRequest& request);
  Task<orders::OrderView> ask_bank(PageRequest& request, const OrderId& order);

  const RepaymentForm& repayment_;
  orders::OrdersApi& orders_;
  const PayMethods& methods_;
  std::string return_url_;
};

}  // namespace bramble::storefront
