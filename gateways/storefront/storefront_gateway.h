// The buyers' gateway: each route of the contract goes to the class of its story.
#pragma once

#include "gateways/storefront/account/account_routes.h"
#include "gateways/storefront/cart/cart_routes.h"
#include "gateways/storefront/catalogue/catalogue_routes.h"
#include "gateways/storefront/checkout/checkout_routes.h"
#include "gateways/storefront/checkout/payment_routes.h"
#include "gateways/storefront/orders/order_events.h"
#include "gateways/storefront/orders/order_routes.h"
#include "gateways/storefront/services.h"
#include "gateways/storefront/storefront.routes.h"
#include "runtime/module.h"

namespace bramble::storefront {

struct GatewayOptions {
  std::string return_url;  // the bank sends the buyer back to it
  std::function<std::vector<HealthLine>()> health;
};

class StorefrontGateway : public StorefrontHttp {
 public:
  StorefrontGateway(const Services& services, const Clock& clock, Random& random, OrderEvents events,
                    GatewayOptions options);

  Task<auth::Challenge> request_code(edge::HttpCall& http, CodeRequest request) override;
  Task<auth::Tokens> issue_tokens(edge::HttpCall& http, TokenRequest request) override;
  Task<Empty> sign_out(edge::HttpCall& http, SignOutRequest request) override;
  Task<auth::JwksReply> jwks(edge::HttpCall& http, Nothing request) override;
  Task<SearchPage> search(edge::HttpCall& http, SearchQuery request) override;
  Task<catalog::SuggestReply> suggest(edge::HttpCall& http, SuggestQuery request) override;
  Task<catalog::CategoriesReply> categories(edge::HttpCall& http, Nothing request) override;
  Task<ProductPage> product(edge::HttpCall& http, ProductQuery request) override;
  Task<cart::CartView> get_cart(edge::HttpCall& http, Nothing request) override;
  Task<cart::CartView> put_cart_item(edge::HttpCall& http, CartItemChange request) override;
  Task<cart::CartView> clear_cart(edge::HttpCall& http, Nothing request) override;
  Task<pickup::NearestReply> pickup_points(edge::HttpCall& http, PointsQuery request) override;
  Task<orders::OrderView> create_order(edge::HttpCall& http, NewOrder request) override;
  Task<OrdersPage> list_orders(edge::HttpCall& http, OrdersQuery request) override;
  Task<orders::OrderView> get_order(edge::HttpCall& http, OrderQuery request) override;
  Task<orders::OrderView> cancel_order(edge::HttpCall& http, OrderQuery request) override;
  Task<PaymentStarted> start_payment(edge::HttpCall& http, NewPayment request) override;
  Task<orders::OrderView> check_payment(edge::HttpCall& http, OrderQuery request) override;
  Task<HttpResponse> events(edge::HttpCall& http) override;
  Task<HttpResponse> bank_hook(edge::HttpCall& http) override;
  Task<HealthSummary> health(edge::HttpCall& http, Nothing request) override;
  Task<HttpResponse> openapi(edge::HttpCall& http) override;

  CatalogueRoutes& catalogue() { return catalogue_; }

 private:
  AccountRoutes account_;
  CatalogueRoutes catalogue_;
  CartRoutes cart_;
  CheckoutRoutes checkout_;
  PaymentRoutes payments_;
  OrderRoutes orders_;
  OrderEvents events_;
  std::function<std::vector<HealthLine>()> health_;
};

}  // namespace bramble::storefront
