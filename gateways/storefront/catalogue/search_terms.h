// The search of a results page, as its address says it: words, filters, sort order, page. Parsing is lenient,
// because people share and shorten addresses: invalid parts are ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateways/pages/form.h"
#include "gateways/storefront/storefront.api.h"

namespace bramble::storefront {

struct SearchTerms {
  std::string words;
  std::vector<std::string> categories;
  std::vector<std::string> brands;
  std::optional<std::int64_t> price_from;  // minor units
  std::optional<std::int64_t> price_to;
  std::optional<std::int64_t> rating_from;  // 1 to 4
  bool in_stock = false;
  std::string sort;  // empty: by relevance
  std::int64_t page = 1;

  static SearchTerms of(const pages::Form& query);

  // How many filters are set.
  std::size_t filters() const;
  SearchQuery to_query() const;
  // The address of this search on a path, which may imply a category already.
  std::string address(std::string_view path) const;

  SearchTerms without_filters() const;
  SearchTerms with_page(std::int64_t page) const;
  SearchTerms with_sort(std::string_view sort) const;
};

// The sort orders that readers choose from. The first, relevance, is empty in an address.
inline constexpr std::string_view sorts[] = {"", "rating", "new", "price_asc", "price_desc"};

constexpr std::int64_t goods_a_page = 24;
constexpr std::int64_t last_page = 400;

// The number of pages for so many goods; at least one.
std::int64_t pages_of(std::int64_t total);

}  // namespace bramble::storefront
