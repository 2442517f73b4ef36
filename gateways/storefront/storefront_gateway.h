// The buyers' gateway: each method answers one route by calling the services that know, and owns nothing
// itself.
#pragma once

#include "gateways/edge/gatekeeper.h"
#include "gateways/edge/stream_room.h"
#include "gateways/storefront/cart_keeper.h"
#include "gateways/storefront/storefront.routes.h"
#include "services/auth/auth.api.h"
#include "services/cart/cart.api.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/notifications/notifications.api.h"
#include "services/orders/orders.api.h"
#include "services/payments/payments.api.h"
#include "services/pickup/pickup.api.h"

namespace bramble::storefront {

struct Services {
  auth::AuthApi& auth;
  cart::CartApi& cart;
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
  notifications::NotificationsApi& notifications;
  orders::OrdersApi& orders;
  payments::PaymentsApi& payments;
  pickup::PickupApi& pickup;
};

struct StorefrontSettings {
  std::string return_url;  // where the bank sends the buyer back to
  std::function<std::vector<HealthLine>()> health;
};

class StorefrontGateway : public StorefrontHttp {
 public:
  StorefrontGateway(Services services, const Clock& clock, Random& random,
                    boost::asio::any_io_executor executor, edge::Revocations& revocations,
                    std::shared_ptr<edge::StreamRoom> streams, StorefrontSettings settings)
      : services_(services),
        clock_(clock),
        executor_(std::move(executor)),
        revocations_(revocations),
        streams_(std::move(streams)),
        settings_(std::move(settings)),
        carts_(services.cart, random) {}

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

 private:
  Services services_;
  const Clock& clock_;
  boost::asio::any_io_executor executor_;
  edge::Revocations& revocations_;
  std::shared_ptr<edge::StreamRoom> streams_;
  StorefrontSettings settings_;
  CartKeeper carts_;
};

}  // namespace bramble::storefront
