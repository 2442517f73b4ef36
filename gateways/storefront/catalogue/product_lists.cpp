#include "gateways/storefront/catalogue/product_lists.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t list_size = 12;
constexpr Duration list_life = seconds(15);
constexpr Duration tree_life = seconds(30);
constexpr std::size_t most_lists = 5'000;
constexpr std::size_t most_trees = 8;  // one per language

edge::HttpCall call_of(Call call) {
  edge::HttpCall http;
  // The cache serves all readers, so the query is anonymous.
  http.call = std::move(call);
  http.call.caller = {};
  return http;
}

}  // namespace

ProductLists::ProductLists(GoodsSource goods, const Clock& clock)
    : goods_(std::move(goods)), lists_(clock, list_life, most_lists), trees_(clock, tree_life, most_trees) {}

Task<std::shared_ptr<const ProductList>> ProductLists::list(const edge::HttpCall& http, std::string category,
                                                            std::string sort) {
  auto key = http.call.language + " " + sort + " " + category;
  return lists_.get(std::move(key),
                    [this, call = http.call, category, sort] { return load_list(call, category, sort); });
}

Task<std::shared_ptr<const CategoryTree>> ProductLists::tree(const edge::HttpCall& http) {
  return trees_.get(http.call.language, [this, call = http.call] { return load_tree(call); });
}

Task<ProductList> ProductLists::load_list(Call call, std::string category, std::string sort) {
  auto http = call_of(std::move(call));
  SearchQuery query;
  if (!category.empty()) query.category.push_back(CategoryId(std::move(category)));
  query.sort = std::move(sort);
  query.in_stock = true;
  query.limit = list_size;
  auto page = co_await goods_.search(http, query);
  if (page.items.empty()) {
    // A shop whose stock has not arrived yet shows its products rather than nothing.
    query.in_stock.reset();
    page = co_await goods_.search(http, std::move(query));
  }
  co_return std::move(page.items);
}

Task<CategoryTree> ProductLists::load_tree(Call call) {
  auto http = call_of(std::move(call));
  auto reply = co_await goods_.categories(http);
  co_return CategoryTree(std::move(reply.items));
}

}  // namespace bramble::storefront
