#include "services/catalog/search_mapping.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/goods_code.h"
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

void add_range(std::map<std::string, SearchRange>& ranges, const std::string& number,
               std::optional<double> min, std::optional<double> max) {
  if (min || max) ranges[number] = {min, max};
}

Hit hit_of(const Card& card, const std::string& found_by, const std::string& language) {
  const auto* found = find_sku(card, SkuId(found_by));
  const auto& sku = found ? *found : card.skus[best_first(card, {}).front()];
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
  std::vector<std::string> codes;
  for (const auto& sku : card.skus) {
    if (!sku.barcode.empty()) codes.push_back(read_goods_code(sku.barcode).key);
  }
  if (!codes.empty()) document.texts.push_back({joined(codes), 1, {}});
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

SearchDocument document_of(const Card& card, const CategoryTree& tree, const std::set<SkuId>& in_stock,
                           std::int64_t version) {
  SearchDocument document{.id = card.product_id.text(), .version = version};
  add_own_texts(document, card);
  for (const auto& text : card.texts) add_texts(document, text, card);
  add_categories(document, tree.up(card.category_id.text()), card);
  document.terms["category"] = card.category_id.text();
  if (!card.brand.empty()) document.terms["brand"] = card.brand;
  auto ratings = static_cast<double>(card.rating_count);
  for (auto at : best_first(card, in_stock)) {
    const auto& sku = card.skus[at];
    auto price = static_cast<double>(sku.price.amount_minor);
    document.variants.push_back(
        {sku.sku_id.text(), {{"price", price}, {"in_stock", in_stock.contains(sku.sku_id) ? 1 : 0}}});
  }
  document.numbers["price"] = document.variants.front().numbers["price"];
  document.numbers["rating"] = card.rating;
  document.numbers["rating_score"] =
      (prior_count * prior_rating + card.rating * ratings) / (prior_count + ratings);
  document.numbers["created"] = static_cast<double>(card.created_at.us);
  document.numbers["in_stock"] = document.variants.front().numbers["in_stock"];
  return document;
}

SearchQuery query_of(const SearchRequest& request, const CategoryTree& tree) {
  SearchQuery query;
  auto code = read_goods_code(request.q);
  query.text = code.is_gtin ? code.key : request.q;
  // The index knows a card's own category only, so that moving a branch of the tree changes no card.
  for (const auto& category : request.category) {
    auto below = tree.with_descendants(category);
    auto& wanted = query.terms["category"];
    wanted.insert(wanted.end(), below.begin(), below.end());
  }
  if (!request.brand.empty()) query.terms["brand"] = request.brand;
  add_range(query.numbers, "rating", request.rating_min, std::nullopt);
  add_range(query.variant_numbers, "price", request.price_min, request.price_max);
  // Of any price: a number of the card tells that faster than its SKUs.
  auto& stock_of = query.variant_numbers.empty() ? query.numbers : query.variant_numbers;
  if (request.in_stock.value_or(false)) add_range(stock_of, "in_stock", 1, std::nullopt);
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

std::optional<SearchQuery> facet_query(const SearchQuery& query, const std::string& facet) {
  if (!query.terms.contains(facet)) return std::nullopt;
  auto wider = query;
  wider.terms.erase(facet);
  wider.count_terms = {facet};
  wider.span_numbers.clear();
  wider.sort_by.clear();
  wider.descending = false;
  wider.offset = 0;
  wider.limit = 0;
  return wider;
}

void widen_facet(std::vector<FacetCount>& counts, std::vector<FacetCount> wider) {
  for (auto& chosen : counts) {
    bool is_there =
        std::any_of(wider.begin(), wider.end(), [&](const auto& each) { return each.value == chosen.value; });
    if (!is_there) wider.push_back(std::move(chosen));
  }
  counts = std::move(wider);
}

SearchReply reply_of(const SearchResult& result, const std::vector<CardPtr>& cards, const CategoryTree& tree,
                     const std::string& language) {
  SearchReply reply;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (cards[i]) reply.items.push_back(hit_of(*cards[i], result.variants[i], language));
  }
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
