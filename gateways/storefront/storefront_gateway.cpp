#include "gateways/storefront/storefront_gateway.h"

#include <algorithm>

namespace bramble::storefront {

StorefrontGateway::StorefrontGateway(const Services& services, const Clock& clock, Random& random,
                                     OrderEvents events, GatewayOptions options)
    : account_(services),
      catalogue_(services, clock),
      cart_(services.cart, random),
      checkout_(services, options.return_url),
      payments_(services, options.return_url),
      orders_(services),
      events_(std::move(events)),
      health_(std::move(options.health)) {}

Task<auth::Challenge> StorefrontGateway::request_code(edge::HttpCall& http, CodeRequest request) {
  return account_.request_code(http, std::move(request));
}

Task<auth::Tokens> StorefrontGateway::issue_tokens(edge::HttpCall& http, TokenRequest request) {
  return account_.issue_tokens(http, std::move(request));
}

Task<Empty> StorefrontGateway::sign_out(edge::HttpCall& http, SignOutRequest request) {
  return account_.sign_out(http, std::move(request));
}

Task<auth::JwksReply> StorefrontGateway::jwks(edge::HttpCall& http, Nothing) { return account_.jwks(http); }

Task<SearchPage> StorefrontGateway::search(edge::HttpCall& http, SearchQuery request) {
  return catalogue_.search(http, std::move(request));
}

Task<catalog::SuggestReply> StorefrontGateway::suggest(edge::HttpCall& http, SuggestQuery request) {
  return catalogue_.suggest(http, std::move(request));
}

Task<catalog::CategoriesReply> StorefrontGateway::categories(edge::HttpCall& http, Nothing) {
  return catalogue_.categories(http);
}

Task<ProductPage> StorefrontGateway::product(edge::HttpCall& http, ProductQuery request) {
  return catalogue_.product(http, std::move(request));
}

Task<cart::CartView> StorefrontGateway::get_cart(edge::HttpCall& http, Nothing) {
  return cart_.get_cart(http);
}

Task<cart::CartView> StorefrontGateway::put_cart_item(edge::HttpCall& http, CartItemChange request) {
  return cart_.put_cart_item(http, std::move(request));
}

Task<cart::CartView> StorefrontGateway::clear_cart(edge::HttpCall& http, Nothing) {
  return cart_.clear_cart(http);
}

Task<pickup::NearestReply> StorefrontGateway::pickup_points(edge::HttpCall& http, PointsQuery request) {
  return checkout_.pickup_points(http, std::move(request));
}

Task<orders::OrderView> StorefrontGateway::create_order(edge::HttpCall& http, NewOrder request) {
  return checkout_.create_order(http, std::move(request));
}

Task<OrdersPage> StorefrontGateway::list_orders(edge::HttpCall& http, OrdersQuery request) {
  return orders_.list_orders(http, std::move(request));
}

Task<orders::OrderView> StorefrontGateway::get_order(edge::HttpCall& http, OrderQuery request) {
  return orders_.get_order(http, std::move(request));
}

Task<orders::OrderView> StorefrontGateway::cancel_order(edge::HttpCall& http, OrderQuery request) {
  return orders_.cancel_order(http, std::move(request));
}

Task<PaymentStarted> StorefrontGateway::start_payment(edge::HttpCall& http, NewPayment request) {
  return payments_.start_payment(http, std::move(request));
}

Task<orders::OrderView> StorefrontGateway::check_payment(edge::HttpCall& http, OrderQuery request) {
  return payments_.check_payment(http, std::move(request));
}

Task<HttpResponse> StorefrontGateway::events(edge::HttpCall& http) { return events_.events(http); }

Task<HttpResponse> StorefrontGateway::bank_hook(edge::HttpCall& http) { return payments_.bank_hook(http); }

Task<HealthSummary> StorefrontGateway::health(edge::HttpCall&, Nothing) {
  auto parts = health_();
  co_return HealthSummary{std::all_of(parts.begin(), parts.end(), [](const auto& part) { return part.ok; })};
}

Task<HttpResponse> StorefrontGateway::openapi(edge::HttpCall&) {
  HttpResponse response;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "public, max-age=300");
  response.body = storefront_openapi();
  co_return response;
}

}  // namespace bramble::storefront
