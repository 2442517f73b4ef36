#include "gateways/storefront/catalogue/search_terms.h"

#include <algorithm>

#include "base/text.h"
#include "gateways/storefront/catalogue/typed_amount.h"

namespace bramble::storefront {
namespace {

constexpr std::size_t longest_words = 200;  // characters
constexpr std::size_t most_values = 20;

// Cuts the text at a character, so that it stays UTF-8, and removes a space at its end.
std::string cut(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < most; ++count) {
    at += std::max<std::size_t>(utf8_sequence_length(text, at), 1);
  }
  text = text.substr(0, at);
  return std::string(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
}

}  // namespace

std::int64_t pages_of(std::int64_t total) {
  return std::clamp<std::int64_t>((total + goods_a_page - 1) / goods_a_page, 1, last_page);
}

SearchTerms SearchTerms::of(const pages::Form& query) {
  SearchTerms terms;
  terms.words = cut(query.get("q"), longest_words);
  for (auto& category : query.all("category")) {
    if (terms.categories.size() < most_values && CategoryId::parse(category))
      terms.categories.push_back(std::move(category));
  }
  for (auto& brand : query.all("brand")) {
    if (terms.brands.size() < most_values) terms.brands.push_back(cut(brand, longest_words));
  }
  terms.price_from = amount_of(query.get("price_from"));
  terms.price_to = amount_of(query.get("price_to"));
  if (terms.price_from && terms.price_to && *terms.price_from > *terms.price_to)
    std::swap(terms.price_from, terms.price_to);
  auto rating = query.integer("rating");
  if (rating && *rating >= 1 && *rating <= 4) terms.rating_from = rating;
  terms.in_stock = query.get("in_stock") == "1" || query.get("in_stock") == "true";
  auto sort = query.get("sort");
  if (std::find(std::begin(sorts), std::end(sorts), sort) != std::end(sorts)) terms.sort = sort;
  terms.page = std::clamp<std::int64_t>(query.integer("page").value_or(1), 1, last_page);
  return terms;
}

std::size_t SearchTerms::filters() const {
  return categories.size() + brands.size() + (price_from ? 1 : 0) + (price_to ? 1 : 0) +
         (rating_from ? 1 : 0) + (in_stock ? 1 : 0);
}

SearchQuery SearchTerms::to_query() const {
  SearchQuery query;
  query.q = words;
  for (const auto& category : categories) query.category.emplace_back(category);
  query.brand = brands;
  query.price_min = price_from;
  query.price_max = price_to;
  if (rating_from) query.rating_min = static_cast<double>(*rating_from);
  if (in_stock) query.in_stock = true;
  query.sort = sort;
  query.page = page;
  query.limit = goods_a_page;
  return query;
}

std::string SearchTerms::address(std::string_view path) const {
  pages::QueryText query;
  if (!words.empty()) query.add("q", words);
  for (const auto& category : categories) query.add("category", category);
  for (const auto& brand : brands) query.add("brand", brand);
  if (price_from) query.add("price_from", amount_text(*price_from));
  if (price_to) query.add("price_to", amount_text(*price_to));
  if (rating_from) query.add("rating", *rating_from);
  if (in_stock) query.add("in_stock", "1");
  if (!sort.empty()) query.add("sort", sort);
  if (page > 1) query.add("page", page);
  return query.after(path);
}

SearchTerms SearchTerms::without_filters() const {
  SearchTerms terms;
  terms.words = words;
  terms.sort = sort;
  return terms;
}

SearchTerms SearchTerms::with_page(std::int64_t number) const {
  auto terms = *this;
  terms.page = number;
  return terms;
}

SearchTerms SearchTerms::with_sort(std::string_view order) const {
  auto terms = with_page(1);
  terms.sort = order;
  return terms;
}

}  // namespace bramble::storefront
