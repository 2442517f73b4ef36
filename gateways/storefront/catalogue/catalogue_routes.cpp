#include "gateways/storefront/catalogue/catalogue_routes.h"

#include <algorithm>

#include "gateways/edge/paging.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t most_shown = 99;
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
  request.limit = query.limit.value_or(edge::usual_limit);
  return request;
}

}  // namespace

Task<SearchPage> CatalogueRoutes::search(edge::HttpCall& http, SearchQuery query) {
  SearchPage page;
  auto request = search_request(std::move(query));
  page.page = request.page;
  page.limit = request.limit;
  auto found = co_await catalog_.search(http.call, std::move(request));
  inventory::AvailabilityRequest levels;
  for (const auto& hit : found.items) levels.sku_ids.push_back(hit.sku_id);
  auto available = co_await inventory_.availability(http.call, std::move(levels));
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

Task<catalog::SuggestReply> CatalogueRoutes::suggest(edge::HttpCall& http, SuggestQuery request) {
  co_return co_await catalog_.suggest(http.call, {request.q, suggestions});
}

Task<catalog::CategoriesReply> CatalogueRoutes::categories(edge::HttpCall& http) {
  co_return co_await catalog_.categories(http.call, {});
}

Task<ProductPage> CatalogueRoutes::product(edge::HttpCall& http, ProductQuery request) {
  auto card = co_await catalog_.get_product(http.call, {request.product_id});
  inventory::AvailabilityRequest levels;
  for (const auto& sku : card.skus) levels.sku_ids.push_back(sku.sku_id);
  auto available = co_await inventory_.availability(http.call, std::move(levels));
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

}  // namespace bramble::storefront
