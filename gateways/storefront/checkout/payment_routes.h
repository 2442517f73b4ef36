// The API routes of the payment of an existing order, and the bank's webhooks.
#pragma once

#include "gateways/storefront/services.h"
#include "gateways/storefront/storefront.routes.h"

namespace bramble::storefront {

class PaymentRoutes {
 public:
  // The bank sends the buyer back to `return_url`.
  PaymentRoutes(const Services& services, std::string return_url)
      : orders_(services.orders), payments_(services.payments), return_url_(std::move(return_url)) {}

  Task<PaymentStarted> start_payment(edge::HttpCall& http, NewPayment request);
  Task<orders::OrderView> check_payment(edge::HttpCall& http, OrderQuery request);
  // Verifies, stores and acknowledges, in this order. A repeated webhook is harmless.
  Task<HttpResponse> bank_hook(edge::HttpCall& http);

 private:
  orders::OrdersApi& orders_;
  payments::PaymentsApi& payments_;
  std::string return_url_;
};

}  // namespace bramble::storefront
