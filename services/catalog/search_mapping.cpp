#include "services/catalog/search_mapping.h"

#include <cmath>

#include "base/error.h"
#include "services/catalog/card_rules.h"
#include "services/catalog/reader_language.h"

namespace bramble::catalog {
namespace {

constexpr int title_weight = 10;
constexpr int brand_weight = 6;
constexpr int category_weight = 4;
constexpr std::int64_t usual_limit = 25;
constexpr std::int64_t most_limit = 100;
constexpr std::int64_t deepest_hit = 10'000;

// A card with few ratings stands near the middle until it has earned more.
constexpr double prior_count = 10;
constexpr double prior_rating = 4;

struct Sort {
  const char* word;
  const char* number;
  bool descending;
};
constexpr Sort sorts[] = {{"relevance", "", false},
                          {"price_asc", "price", false},
                          {"price_desc", "price", true},
                          {"rating", "rating_score", true},
                          {"new", "created", true}};

const Sort& sort_of(const std::string& word) {
  std::string allowed;
  for (const auto& sort : sorts) {
    if (word == sort.word) return sort;
    allowed += (allowed.empty() ? "" : ", ") + std::string(sort.word);
  }
  throw_invalid("sort", "unknown_value", "one of " + allowed);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " ") + part;
  return text;
}

void add_range(SearchQuery& query, const std::string& number, std::optional<double> min,
               std::optional<double> max) {
  if (min || max) query.numbers[number] = {min, max};
}

Hit hit_of(const Card& card, const std::string& language) {
  const auto& sku = cheapest(card);
  Hit hit{.product_id = card.product_id,
          .sku_id = sku.sku_id,
          .title = title_in(card, language),
          .brand = card.brand,
          .price = sku.price,
          .old_price = sku.old_price,
          .rating = card.rating,
          .rating_count = card.rating_count,
          .image_url = card.images.empty() ? std::string() : card.images.front()};
  for (const auto& each : card.skus) hit.sku_ids.push_back(each.sku_id);
  return hit;
}

void add_own_texts(SearchDocument& document, const Card& card) {
  document.texts.push_back({card.title, title_weight, card.language});
  if (!card.brand.empty()) document.texts.push_back({card.brand, brand_weight, {}});
  std::vector<std::string> values;
  for (const auto& attribute : card.attributes) values.push_back(attribute.value);
  document.texts.push_back({joined(values), 1, card.language});
  document.texts.push_back({card.description, 1, card.language});
}

void add_texts(SearchDocument& document, const CardText& text, const Card& card) {
  if (!text.title.empty()) document.texts.push_back({text.title, title_weight, text.language});
  std::vector<std::string> values;
  for (const auto& attribute : card.attributes) {
    auto value = text.words.find(attribute.value);
    if (value != text.words.end()) values.push_back(value->second);
  }
  if (!values.empty()) document.texts.push_back({joined(values), 1, text.language});
  if (!text.description.empty()) document.texts.push_back({text.description, 1, text.language});
}

// Their own titles are taken to be in the card's own language.
void add_categories(SearchDocument& document, const std::vector<const Category*>& categories,
                    const Card& card) {
  for (const auto* category : categories) {
    document.texts.push_back({category->title, category_weight, card.language});
    for (const auto& [language, title] : category->titles)
      document.texts.push_back({title, category_weight, language});
  }
}

}  // namespace

SearchDocument document_of(const Card& card, const CategoryTree& tree, bool in_stock, std::int64_t version) {
  SearchDocument document{.id = card.product_id.text(), .version = version};
  add_own_texts(document, card);
  for (const auto& text : card.texts) add_texts(document, text, card);
  add_categories(document, tree.up(card.category_id.text()), card);
  document.terms["category"] = card.category_id.text();
  if (!card.brand.empty()) document.terms["brand"] = card.brand;
  auto ratings = static_cast<double>(card.rating_count);
  document.numbers["price"] = static_cast<double>(cheapest(card).price.amount_minor);
  document.numbers["rating"] = card.rating;
  document.numbers["rating_score"] =
      (prior_count * prior_rating + card.rating * ratings) / (prior_count + ratings);
  document.numbers["created"] = static_cast<double>(card.created_at.us);
  document.numbers["in_stock"] = in_stock ? 1 : 0;
  return document;
}

SearchQuery query_of(const SearchRequest& request, const CategoryTree& tree) {
  SearchQuery query;
  query.text = request.q;
  // The index knows a card's own category only, so that moving a branch of the tree changes no card.
  for (const auto& category : request.category) {
    auto below = tree.with_descendants(category);
    auto& wanted = query.terms["category"];
    wanted.insert(wanted.end(), below.begin(), below.end());
  }
  if (!request.brand.empty()) query.terms["brand"] = request.brand;
  add_range(query, "price", request.price_min, request.price_max);
  add_range(query, "rating", request.rating_min, std::nullopt);
  if (request.in_stock.value_or(false)) add_range(query, "in_stock", 1, std::nullopt);
  const auto& sort = sort_of(request.sort.empty() ? "relevance" : request.sort);
  query.sort_by = sort.number;
  query.descending = sort.descending;
  auto limit = request.limit == 0 ? usual_limit : request.limit;
  auto page = request.page == 0 ? 1 : request.page;
  if (limit < 1 || limit > most_limit)
    throw_invalid("limit", "out_of_range", "1 to " + std::to_string(most_limit));
  if (page < 1 || page > deepest_hit / limit) {
    throw_invalid("page", "out_of_range", "1 to " + std::to_string(deepest_hit / limit) + " with this limit");
  }
  query.offset = static_cast<std::size_t>((page - 1) * limit);
  query.limit = static_cast<std::size_t>(limit);
  query.count_terms = {"category", "brand"};
  query.span_numbers = {"price"};
  return query;
}

SearchReply reply_of(const SearchResult& result, const std::vector<CardPtr>& cards, const CategoryTree& tree,
                     const std::string& language) {
  SearchReply reply;
  for (const auto& card : cards) reply.items.push_back(hit_of(*card, language));
  for (const auto& [name, counts] : result.counts) {
    for (const auto& [value, count] : counts) {
      const auto* category = name == "category" ? tree.find(value) : nullptr;
      auto& facet = name == "category" ? reply.categories : reply.brands;
      facet.push_back({value, category ? title_in(*category, language) : value, count});
    }
  }
  if (auto price = result.spans.find("price"); price != result.spans.end()) {
    if (price->second.min) reply.price_min = std::llround(*price->second.min);
    if (price->second.max) reply.price_max = std::llround(*price->second.max);
  }
  reply.corrected_query = result.corrected;
  reply.total = result.total;
  return reply;
}

}  // namespace bramble::catalog
