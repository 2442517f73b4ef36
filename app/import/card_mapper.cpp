#include "app/import/card_mapper.h"

#include <cmath>

#include "app/import/barcode.h"
#include "app/import/clean_text.h"
#include "app/import/digest.h"
#include "base/error.h"
#include "base/goods_code.h"
#include "base/text.h"

namespace bramble::importing {
namespace {

// What the catalogue allows (services/catalog/card_rules.cpp).
constexpr std::size_t longest_title = 500;
constexpr std::size_t longest_word = 255;
constexpr std::size_t longest_description = 10'000;
constexpr std::size_t most_attributes = 100;
constexpr std::int64_t highest_price = 1'000'000'000'000;
constexpr double best_rating = 5;

constexpr std::size_t most_rows = 10'000'000;
constexpr std::size_t id_digits = 24;
constexpr std::size_t longest_seller = 40;

std::uint64_t hash_of(const std::string& hex) { return std::stoull(hex.substr(0, 16), nullptr, 16); }

bool is_price(std::int64_t amount_minor) { return amount_minor > 0 && amount_minor <= highest_price; }

void cut_field(std::string& text, std::size_t longest, const std::string& field, RowProblems& problems) {
  if (cut(text, longest)) note(problems, field, "cut", "cut to " + std::to_string(longest) + " characters");
}

void fit_attributes(std::vector<catalog::Attribute>& attributes, RowProblems& problems) {
  if (attributes.size() > most_attributes) {
    attributes.resize(most_attributes);
    note(problems, "attributes", "too_many", "the first " + std::to_string(most_attributes) + " were taken");
  }
  for (auto& attribute : attributes) {
    cut(attribute.name, longest_word);
    cut_field(attribute.value, longest_word, "attributes." + attribute.name, problems);
  }
}

}  // namespace

std::string MappingOptions::text() const {
  auto text = "rates " + rates.text() + "price ";
  text += default_price_minor ? std::to_string(*default_price_minor) : "none";
  for (const auto& source : ten_point_sources) text += "\nten " + source;
  return text;
}

SellerId seller_of(const std::string& source) {
  if (auto id = SellerId::parse("sel_" + source)) return *id;
  std::string letters;
  for (char c : source.substr(0, longest_seller)) {
    letters.push_back(is_id_text("sel", std::string("sel_") + c) ? c : '-');
  }
  return SellerId("sel_" + letters + "-" + digest_of(source, 8));
}

std::optional<catalog::Card> CardMapper::map(ProductRow row, RowProblems& problems) {
  if (is_skipped(problems)) return std::nullopt;
  if (row.source.empty()) row.source = "import";
  check(row, problems);
  auto sku = sku_of(row, problems);
  if (!sku || is_skipped(problems)) return std::nullopt;
  auto key = digest_of(row.source + "\n" + row.id, id_digits);
  if (!products_.insert(hash_of(key))) {
    skip(problems, "id", "repeated", "an earlier row has this source and id");
    return std::nullopt;
  }
  if (products_.size() > most_rows) {
    throw Error(ErrorCode::invalid, "too_many_rows",
                "more than " + std::to_string(most_rows) + " products in one file: split it");
  }
  sku->sku_id = SkuId("sku_" + key);
  add_barcode(row, *sku, problems);
  catalog::Card card;
  card.product_id = ProductId("prd_" + key);
  card.seller_id = seller_of(row.source);
  card.vendor_code = row.id;
  add_rating(row, card, problems);
  auto place = categories_.place(row.category_path);
  card.category_id = std::move(place.category);
  for (const auto& [written, title] : place.other_spellings) {
    note(problems, "category_path", "same_category",
         "\"" + written + "\" is taken for \"" + title + "\", which differs only in capital letters");
  }
  if (place.is_full)
    note(problems, "category_path", "too_many", "there are too many categories for a new one");
  cut_field(row.brand, longest_word, "brand", problems);
  cut_field(row.description, longest_description, "description", problems);
  fit_attributes(row.attributes, problems);
  card.title = std::move(row.title);
  card.brand = std::move(row.brand);
  card.description = std::move(row.description);
  card.attributes = std::move(row.attributes);
  card.language = row.language;
  card.skus.push_back(std::move(*sku));
  return card;
}

void CardMapper::check(const ProductRow& row, RowProblems& problems) {
  if (row.id.empty()) skip(problems, "id", "required", "is required");
  if (utf8_length(row.id) > longest_word)
    skip(problems, "id", "too_long", "at most " + std::to_string(longest_word) + " characters");
  if (row.title.empty()) skip(problems, "title", "required", "is required");
  if (utf8_length(row.title) > longest_title)
    skip(problems, "title", "too_long", "at most " + std::to_string(longest_title) + " characters");
}

std::optional<catalog::Sku> CardMapper::sku_of(const ProductRow& row, RowProblems& problems) const {
  catalog::Sku sku;
  if (!row.price_minor) {
    if (options_.default_price_minor) sku.price = rub(*options_.default_price_minor);
    else skip(problems, "price_minor", "required", "has no price, and no --default-price is given");
    return sku;
  }
  auto currency = currency_code(row.currency);
  if (!options_.rates.has(currency)) {
    if (is_currency(currency))
      skip(problems, "currency", "no_rate",
           "no rate for " + currency + "; --rate " + currency + "=… gives one");
    else skip(problems, "currency", "malformed", "must be a currency of ISO 4217 such as RUB or USD");
    return std::nullopt;
  }
  auto price = is_price(*row.price_minor) ? options_.rates.to_rub_minor(*row.price_minor, currency)
                                          : std::optional<std::int64_t>(0);
  if (!price || !is_price(*price)) {
    skip(problems, "price_minor", "out_of_range", "1 to " + std::to_string(highest_price) + " kopecks");
    return std::nullopt;
  }
  sku.price = rub(*price);
  // An old price that is no higher says nothing to a buyer.
  if (!row.old_price_minor || !is_price(*row.old_price_minor)) return sku;
  auto old_price = options_.rates.to_rub_minor(*row.old_price_minor, currency);
  if (old_price && *old_price > *price) sku.old_price = rub(*old_price);
  return sku;
}

void CardMapper::add_barcode(const ProductRow& row, catalog::Sku& sku, RowProblems& problems) {
  auto barcode = gtin_in(row.barcode);
  if (!row.barcode.empty() && barcode.empty()) {
    bool is_wrong = has_wrong_check_digit(row.barcode);
    note(problems, "barcode", "malformed",
         is_wrong ? "the check digit is wrong" : "must be a GTIN: 8, 12, 13 or 14 digits");
  }
  if (barcode.empty()) barcode = barcode_among(row.attributes);
  if (barcode.empty()) return;
  if (barcodes_.insert(hash_of(digest_of(read_goods_code(barcode).key)))) sku.barcode = std::move(barcode);
  else note(problems, "barcode", "barcode_taken", "another SKU has this barcode");
}

// A count without a rating would look like a rating of nought.
void CardMapper::add_rating(const ProductRow& row, catalog::Card& card, RowProblems& problems) const {
  if (!row.rating) return;
  auto rating = options_.ten_point_sources.contains(row.source) ? *row.rating / 2 : *row.rating;
  if (!std::isfinite(rating) || rating < 0 || rating > best_rating)
    return note(problems, "rating", "out_of_range", "0 to 5; 0 to 10 for a source named by --ten-point");
  card.rating = std::round(rating * 100) / 100;
  card.rating_count = std::max<std::int64_t>(row.reviews_count, 0);
}

}  // namespace bramble::importing
