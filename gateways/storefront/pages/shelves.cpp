#include "gateways/storefront/pages/shelves.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t shelf_size = 12;
constexpr Duration shelf_life = seconds(15);
constexpr Duration tree_life = seconds(30);
constexpr std::size_t most_shelves = 5'000;
constexpr std::size_t most_trees = 8;  // one a language

edge::HttpCall call_of(Call call) {
  edge::HttpCall http;
  // Kept for all readers, so asked for in nobody's name.
  http.call = std::move(call);
  http.call.caller = {};
  return http;
}

}  // namespace

Shelves::Shelves(GoodsSource goods, const Clock& clock)
    : goods_(std::move(goods)),
      shelves_(clock, shelf_life, most_shelves),
      trees_(clock, tree_life, most_trees) {}

Task<std::shared_ptr<const Shelf>> Shelves::shelf(const edge::HttpCall& http, std::string category,
                                                  std::string sort) {
  auto key = http.call.language + " " + sort + " " + category;
  return shelves_.get(std::move(key),
                      [this, call = http.call, category, sort] { return load_shelf(call, category, sort); });
}

Task<std::shared_ptr<const CategoryTree>> Shelves::tree(const edge::HttpCall& http) {
  return trees_.get(http.call.language, [this, call = http.call] { return load_tree(call); });
}

Task<Shelf> Shelves::load_shelf(Call call, std::string category, std::string sort) {
  auto http = call_of(std::move(call));
  SearchQuery query;
  if (!category.empty()) query.category.push_back(CategoryId(std::move(category)));
  query.sort = std::move(sort);
  query.in_stock = true;
  query.limit = shelf_size;
  auto page = co_await goods_.search(http, query);
  if (page.items.empty()) {
    // A shop with cards and nothing on the shelves yet is better shown than an empty one.
    query.in_stock.reset();
    page = co_await goods_.search(http, std::move(query));
  }
  co_return std::move(page.items);
}

Task<CategoryTree> Shelves::load_tree(Call call) {
  auto http = call_of(std::move(call));
  auto reply = co_await goods_.categories(http);
  co_return CategoryTree(std::move(reply.items));
}

}  // namespace bramble::storefront
