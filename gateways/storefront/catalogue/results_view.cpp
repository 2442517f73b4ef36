#include "gateways/storefront/catalogue/results_view.h"

#include <algorithm>

#include "gateways/storefront/catalogue/product_cards.h"
#include "gateways/storefront/catalogue/typed_amount.h"

namespace bramble::storefront {
namespace {

constexpr std::size_t values_a_facet = 12;
constexpr std::int64_t kopecks = 100;
constexpr std::int64_t pages_around = 2;

bool contains(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

void add_value(pages::View facet, const pages::Locale& locale, std::string_view name,
               const catalog::FacetValue& value, bool is_chosen) {
  auto row = facet.add("FACET_VALUE");
  row.set("FACET_NAME", name);
  row.set("VALUE", value.value);
  row.set("VALUE_TITLE", value.title.empty() ? value.value : value.title);
  row.set_and_show("VALUE_COUNT", value.count > 0 ? locale.formats.number(value.count) : "", "HAS_COUNT");
  row.show_if(is_chosen, "CHOSEN");
}

// The values of a facet: the chosen ones first, also those without results.
void add_facet(pages::PageRequest& request, std::string_view name, std::string_view title,
               const std::vector<catalog::FacetValue>& values, const std::vector<std::string>& chosen) {
  if (values.empty() && chosen.empty()) return;
  auto facet = request.view.add("FACET");
  facet.set("FACET_TITLE", title);
  for (const auto& choice : chosen) {
    auto known = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.value == choice; });
    add_value(facet, request.locale, name,
              known == values.end() ? catalog::FacetValue{choice, choice, 0} : *known, true);
  }
  std::size_t shown = 0;
  for (const auto& value : values) {
    if (contains(chosen, value.value)) continue;
    if (shown++ == values_a_facet) break;
    add_value(facet, request.locale, name, value, false);
  }
}

void show_price(pages::PageRequest& request, const SearchPage& found, const SearchTerms& terms) {
  auto& view = request.view;
  if (terms.price_from) view.set("PRICE_FROM", amount_text(*terms.price_from));
  if (terms.price_to) view.set("PRICE_TO", amount_text(*terms.price_to));
  // In the format of prices, which these fields accept.
  const auto& formats = request.locale.formats;
  const auto& span = found.facets.price;
  if (span.min) view.set("PRICE_LEAST", formats.number(*span.min / kopecks));
  if (span.max) view.set("PRICE_MOST", formats.number((*span.max + kopecks - 1) / kopecks));
}

void show_sorts(pages::PageRequest& request, const SearchTerms& terms, std::string_view path) {
  for (auto sort : sorts) {
    auto row = request.view.add("SORT");
    row.set("SORT_TITLE", request.say("sort." + std::string(sort.empty() ? "relevance" : sort)));
    row.set("SORT_URL", terms.with_sort(sort).address(path));
    row.show(sort == terms.sort ? "SORTED" : "NOT_SORTED");
  }
}

void show_turning(pages::PageRequest& request, const SearchPage& found, const SearchTerms& terms,
                  std::string_view path) {
  auto& view = request.view;
  auto last = pages_of(found.total);
  if (last == 1 && terms.page == 1) return;
  view.show("PAGINATION");
  auto address = [&](std::int64_t page) { return terms.with_page(page).address(path); };
  if (terms.page > 1)
    view.set_and_show("PREVIOUS_URL", address(std::min(terms.page - 1, last)), "HAS_PREVIOUS");
  if (terms.page < last) view.set_and_show("NEXT_URL", address(terms.page + 1), "HAS_NEXT");
  auto add = [&](std::int64_t page) {
    auto row = view.add("PAGE");
    row.set("NUMBER", page);
    row.set("PAGE_URL", address(page));
    row.show("TURN");
    row.show_if(page == terms.page, "THIS_PAGE");
  };
  auto first_around = std::max<std::int64_t>(1, terms.page - pages_around);
  auto last_around = std::min(last, terms.page + pages_around);
  if (first_around > 1) add(1);
  if (first_around > 2) view.add("PAGE").show("GAP");
  for (auto page = first_around; page <= last_around; ++page) add(page);
  if (last_around < last - 1) view.add("PAGE").show("GAP");
  if (last_around < last) add(last);
}

}  // namespace

void show_results(pages::PageRequest& request, const SearchPage& found, const SearchTerms& terms,
                  std::string_view path, const InCart& in_cart) {
  auto& view = request.view;
  view.set("QUERY", terms.words);
  view.set("PATH", path);
  view.set("SORT_VALUE", terms.sort);
  view.set("FOUND_TEXT", request.say("search.found", {{"count", found.total}}));
  auto filters = static_cast<std::int64_t>(terms.filters());
  view.set("FILTER_COUNT", filters);
  view.show_if(filters > 0, "FILTERED");
  view.set("UNFILTERED_URL", terms.without_filters().address(path));
  if (found.corrected_query && *found.corrected_query != terms.words) {
    auto corrected = std::string_view(*found.corrected_query);
    view.set_and_show("CORRECTED_TEXT",
                      request.say("search.corrected",
                                  {{"words", std::string_view(terms.words)}, {"corrected", corrected}}),
                      "CORRECTED");
  }
  bool is_search = path == "/search";
  if (is_search)
    add_facet(request, "category", request.say("facet.category"), found.facets.category, terms.categories);
  add_facet(request, "brand", request.say("facet.brand"), found.facets.brand, terms.brands);
  show_price(request, found, terms);
  for (std::int64_t stars = 4; stars >= 2; --stars) {
    auto row = view.add("STARS");
    row.set("STAR_COUNT", stars);
    row.set("STAR_TEXT", request.say("facet.rating_from", {{"count", stars}}));
    row.show_if(terms.rating_from == stars, "CHOSEN");
  }
  view.show(terms.rating_from ? "SOME_RATING" : "ANY_RATING");
  view.show_if(terms.in_stock, "IN_STOCK_CHOSEN");
  show_sorts(request, terms, path);
  show_turning(request, found, terms, path);
  view.show(found.items.empty() ? "NOTHING" : "SOMETHING");
  for (const auto& item : found.items) add_card(view, request.locale, item, in_cart);
}

}  // namespace bramble::storefront
