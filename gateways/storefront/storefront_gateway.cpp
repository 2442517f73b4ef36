#include "gateways/storefront/storefront_gateway.h"

#include <algorithm>

#include "base/error.h"
#include "gateways/storefront/cart_token.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t most_shown = 99;
constexpr std::int64_t usual_limit = 25;
constexpr int suggestions = 10;

std::string day_text(Time time) { return to_rfc3339(time).substr(0, 10); }

catalog::SearchRequest search_request(SearchQuery query) {
  catalog::SearchRequest request;
  request.q = std::move(query.q);
  for (auto& category : query.category) request.category.push_back(category.text());
  request.brand = std::move(query.brand);
  request.price_min = query.price_min;
  request.price_max = query.price_max;
  request.rating_min = query.rating_min;
  request.in_stock = query.in_stock;
  request.sort = query.sort.empty() ? "relevance" : std::move(query.sort);
  request.page = query.page.value_or(1);
  request.limit = query.limit.value_or(usual_limit);
  return request;
}

}  // namespace

Task<auth::Challenge> StorefrontGateway::request_code(edge::HttpCall& http, CodeRequest request) {
  try {
    co_return co_await services_.auth.request_code(http.call, {request.phone, edge::origin_of(http)});
  } catch (const Error& error) {
    if (error.code == ErrorCode::exhausted) edge::tell_wait(error, "codes", http.headers);
    throw;
  }
}

Task<auth::Tokens> StorefrontGateway::issue_tokens(edge::HttpCall& http, TokenRequest request) {
  if (request.grant_type == "refresh_token") {
    co_return co_await services_.auth.refresh(http.call,
                                              {request.refresh_token, "storefront", edge::origin_of(http)});
  }
  auth::Tokens tokens;
  try {
    tokens = co_await services_.auth.exchange_code(
        http.call, {request.challenge_id, request.code, {}, edge::origin_of(http)});
  } catch (const Error& error) {
    if (error.code == ErrorCode::exhausted) edge::tell_wait(error, "wrong_codes", http.headers);
    throw;
  }
  // What was put into the cart before signing in comes along.
  if (auto token = cart_token_of(*http.request); !token.empty()) {
    co_await services_.cart.merge(http.call, {token, tokens.user.user_id.text()});
  }
  co_return tokens;
}

Task<Empty> StorefrontGateway::sign_out(edge::HttpCall& http, SignOutRequest request) {
  co_return co_await services_.auth.revoke(http.call, {request.refresh_token, edge::origin_of(http)});
}

Task<auth::JwksReply> StorefrontGateway::jwks(edge::HttpCall& http, Nothing) {
  http.headers.add("Cache-Control", "public, max-age=300");
  co_return co_await services_.auth.jwks(http.call, {});
}

Task<SearchPage> StorefrontGateway::search(edge::HttpCall& http, SearchQuery query) {
  SearchPage page;
  auto request = search_request(std::move(query));
  page.page = request.page;
  page.limit = request.limit;
  auto found = co_await services_.catalog.search(http.call, std::move(request));
  inventory::AvailabilityRequest levels;
  for (const auto& hit : found.items) levels.sku_ids.push_back(hit.sku_id);
  auto available = co_await services_.inventory.availability(http.call, std::move(levels));
  for (std::size_t i = 0; i < found.items.size(); ++i) {
    auto& hit = found.items[i];
    page.items.push_back({hit.product_id, hit.sku_id, std::move(hit.title), std::move(hit.brand), hit.price,
                          hit.old_price, hit.rating, hit.rating_count, std::move(hit.image_url),
                          std::min(available.levels[i].available, most_shown)});
  }
  page.facets.category = std::move(found.categories);
  page.facets.brand = std::move(found.brands);
  page.facets.price = {found.price_min, found.price_max};
  if (!found.corrected_query.empty()) page.corrected_query = std::move(found.corrected_query);
  page.total = found.total;
  co_return page;
}

Task<catalog::SuggestReply> StorefrontGateway::suggest(edge::HttpCall& http, SuggestQuery request) {
  co_return co_await services_.catalog.suggest(http.call, {request.q, suggestions});
}

Task<catalog::CategoriesReply> StorefrontGateway::categories(edge::HttpCall& http, Nothing) {
  co_return co_await services_.catalog.categories(http.call, {});
}

Task<ProductPage> StorefrontGateway::product(edge::HttpCall& http, ProductQuery request) {
  auto card = co_await services_.catalog.get_product(http.call, {request.product_id});
  inventory::AvailabilityRequest levels;
  for (const auto& sku : card.skus) levels.sku_ids.push_back(sku.sku_id);
  auto available = co_await services_.inventory.availability(http.call, std::move(levels));
  ProductPage page;
  for (std::size_t i = 0; i < card.skus.size(); ++i) {
    auto& sku = card.skus[i];
    page.skus.push_back({sku.sku_id, std::move(sku.options), sku.price, sku.old_price,
                         std::min(available.levels[i].available, most_shown), std::move(sku.image)});
  }
  page.product_id = card.product_id;
  page.title = std::move(card.title);
  page.brand = std::move(card.brand);
  page.category_id = card.category_id;
  page.description = std::move(card.description);
  page.attributes = std::move(card.attributes);
  page.images = std::move(card.images);
  page.rating = card.rating;
  page.rating_count = card.rating_count;
  page.seller_id = card.seller_id;
  page.delivery_promise = {day_text(clock_.now() + days(2)), day_text(clock_.now() + days(4))};
  co_return page;
}

Task<cart::CartView> StorefrontGateway::get_cart(edge::HttpCall& http, Nothing) {
  auto owner = co_await carts_.owner(http);
  co_return co_await services_.cart.get(http.call, {owner});
}

Task<cart::CartView> StorefrontGateway::put_cart_item(edge::HttpCall& http, CartItemChange request) {
  auto owner = co_await carts_.owner(http);
  try {
    co_return co_await services_.cart.put_item(
        http.call, {owner, request.sku_id, request.quantity.value_or(0), edge::limited_address(http)});
  } catch (const Error& error) {
    if (error.code == ErrorCode::exhausted) edge::tell_wait(error, "new_carts", http.headers);
    throw;
  }
}

Task<cart::CartView> StorefrontGateway::clear_cart(edge::HttpCall& http, Nothing) {
  auto owner = co_await carts_.owner(http);
  co_await services_.cart.clear(http.call, {owner});
  co_return co_await services_.cart.get(http.call, {owner});
}

Task<pickup::NearestReply> StorefrontGateway::pickup_points(edge::HttpCall& http, PointsQuery request) {
  auto lat = request.lat.value_or(55.7558);  // Moscow, where most buyers are
  auto lon = request.lon.value_or(37.6173);
  co_return co_await services_.pickup.nearest(http.call, {lat, lon, request.limit.value_or(usual_limit)});
}

Task<OrdersPage> StorefrontGateway::list_orders(edge::HttpCall& http, OrdersQuery request) {
  OrdersPage page;
  page.page = request.page.value_or(1);
  page.limit = request.limit.value_or(usual_limit);
  auto found =
      co_await services_.orders.list(http.call, {UserId(http.call.caller.id), page.page, page.limit});
  page.items = std::move(found.items);
  page.total = found.total;
  co_return page;
}

Task<orders::OrderView> StorefrontGateway::get_order(edge::HttpCall& http, OrderQuery request) {
  co_return co_await services_.orders.get(http.call, {request.order_id});
}

Task<HealthSummary> StorefrontGateway::health(edge::HttpCall&, Nothing) {
  auto parts = settings_.health();
  co_return HealthSummary{std::all_of(parts.begin(), parts.end(), [](const auto& part) { return part.ok; })};
}

}  // namespace bramble::storefront
