#include "services/catalog/card_rules.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

#include "base/goods_code.h"
#include "base/text.h"
#include "services/catalog/packed_text.h"

namespace bramble::catalog {
namespace {

constexpr std::size_t most_fields = 20;
constexpr std::size_t most_cards = 1'000;
constexpr std::size_t most_categories = 10'000;
constexpr std::size_t most_skus = 100;
constexpr std::size_t most_attributes = 100;
constexpr std::size_t most_images = 100;
constexpr std::size_t most_languages = 10;
constexpr std::size_t most_translated_words = 1'000;
constexpr std::size_t longest_language = 8;
constexpr std::size_t longest_title = 500;
constexpr std::size_t longest_description = 10'000;
constexpr std::size_t longest_word = 255;
constexpr std::int64_t highest_price = 1'000'000'000'000;

class Wrongs {
 public:
  void add(std::string field, std::string code, std::string detail) {
    if (found_.size() < most_fields) found_.push_back({std::move(field), std::move(code), std::move(detail)});
  }
  void need(bool is_there, const std::string& field) {
    if (!is_there) add(field, "required", "is required");
  }
  void bound(const std::string& text, std::size_t longest, const std::string& field) {
    if (text.size() <= longest || utf8_length(text) <= longest) return;
    add(field, "too_long", "at most " + std::to_string(longest) + " characters");
  }
  void count(std::size_t count, std::size_t most, const std::string& field) {
    if (count > most) add(field, "too_many", "at most " + std::to_string(most));
  }
  void part(const std::string& text, const std::string& field) {
    bound(text, longest_word, field);
    if (!is_packable(text)) add(field, "bad_character", "no control characters");
  }
  std::vector<FieldError> take() { return std::move(found_); }
  std::vector<FieldError>& found() { return found_; }

 private:
  std::vector<FieldError> found_;
};

bool is_currency(const std::string& word) {
  return word.size() == 3 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void check_amount(Wrongs& wrongs, const Money& money, const std::string& field) {
  if (money.amount_minor <= 0 || money.amount_minor > highest_price) {
    wrongs.add(field + ".amount_minor", "out_of_range", "1 to " + std::to_string(highest_price));
  }
  if (!is_currency(money.currency)) wrongs.add(field + ".currency", "bad_currency", "three capital letters");
}

void check_prices(Wrongs& wrongs, const Money& price, const std::optional<Money>& old_price,
                  const std::string& where) {
  check_amount(wrongs, price, where + "price");
  if (!old_price) return;
  check_amount(wrongs, *old_price, where + "old_price");
  if (old_price->currency != price.currency) {
    wrongs.add(where + "old_price.currency", "other_currency", "the currency of the price");
  }
}

void check_sku(Wrongs& wrongs, const Sku& sku, const std::string& where,
               std::unordered_set<std::string>& seen) {
  wrongs.need(!sku.sku_id.empty(), where + "sku_id");
  if (!seen.insert(sku.sku_id.text()).second) wrongs.add(where + "sku_id", "repeated", "each SKU once");
  check_prices(wrongs, sku.price, sku.old_price, where);
  wrongs.bound(sku.barcode, longest_goods_code, where + "barcode");
  wrongs.part(sku.image, where + "image");
  wrongs.count(sku.options.size(), most_attributes, where + "options");
  for (const auto& [name, value] : sku.options) {
    wrongs.part(name, where + "options");
    wrongs.part(value, where + "options." + name);
  }
  if (sku.weight_g < 0) wrongs.add(where + "weight_g", "too_small", "at least 0");
}

bool is_language(const std::string& word) {
  return !word.empty() && word.size() <= longest_language &&
         std::all_of(word.begin(), word.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || (c >= '0' && c <= '9'); });
}

void check_text(Wrongs& wrongs, const CardText& text, const std::string& where) {
  if (!is_language(text.language)) wrongs.add(where + "language", "bad_language", "such as ru or en");
  wrongs.bound(text.title, longest_title, where + "title");
  wrongs.bound(text.description, longest_description, where + "description");
  // They are kept in one text, divided by control characters.
  if (!is_packable_text(text.title)) wrongs.add(where + "title", "bad_character", "no control characters");
  if (!is_packable_text(text.description))
    wrongs.add(where + "description", "bad_character", "no control characters");
  wrongs.count(text.words.size(), most_translated_words, where + "words");
  for (const auto& [word, translated] : text.words) {
    wrongs.part(word, where + "words");
    wrongs.part(translated, where + "words." + word);
  }
}

void check_texts(Wrongs& wrongs, const Card& card, const std::string& where) {
  if (!card.language.empty() && !is_language(card.language))
    wrongs.add(where + "language", "bad_language", "such as ru or en");
  wrongs.count(card.texts.size(), most_languages, where + "texts");
  std::unordered_set<std::string> languages{card.language};
  for (std::size_t i = 0; i < card.texts.size() && i < most_languages; ++i) {
    auto at = where + "texts[" + std::to_string(i) + "].";
    check_text(wrongs, card.texts[i], at);
    if (!languages.insert(card.texts[i].language).second)
      wrongs.add(at + "language", "repeated", "each language once");
  }
}

void check_card(Wrongs& wrongs, const Card& card, const std::string& where) {
  wrongs.need(!card.product_id.empty(), where + "product_id");
  wrongs.need(!card.title.empty(), where + "title");
  wrongs.need(!card.category_id.empty(), where + "category_id");
  wrongs.need(!card.skus.empty(), where + "skus");
  wrongs.bound(card.title, longest_title, where + "title");
  wrongs.bound(card.brand, longest_word, where + "brand");
  wrongs.bound(card.vendor_code, longest_word, where + "vendor_code");
  wrongs.bound(card.description, longest_description, where + "description");
  wrongs.count(card.skus.size(), most_skus, where + "skus");
  wrongs.count(card.attributes.size(), most_attributes, where + "attributes");
  wrongs.count(card.images.size(), most_images, where + "images");
  for (std::size_t i = 0; i < card.attributes.size(); ++i) {
    auto at = where + "attributes[" + std::to_string(i) + "].";
    wrongs.need(!card.attributes[i].name.empty(), at + "name");
    wrongs.part(card.attributes[i].name, at + "name");
    wrongs.part(card.attributes[i].value, at + "value");
  }
  for (std::size_t i = 0; i < card.images.size(); ++i) {
    auto at = where + "images[" + std::to_string(i) + "]";
    wrongs.need(!card.images[i].empty(), at);
    wrongs.part(card.images[i], at);
  }
  check_texts(wrongs, card, where);
  bool is_rating = std::isfinite(card.rating) && card.rating >= 0 && card.rating <= 5;
  if (!is_rating) wrongs.add(where + "rating", "out_of_range", "0 to 5");
  if (card.rating_count < 0) wrongs.add(where + "rating_count", "too_small", "at least 0");
}

}  // namespace

std::vector<FieldError> wrong_fields(const PutCardsRequest& request) {
  Wrongs wrongs;
  wrongs.count(request.cards.size(), most_cards, "cards");
  if (!wrongs.found().empty()) return wrongs.take();
  std::unordered_set<std::string> products;
  std::unordered_set<std::string> skus;
  for (std::size_t i = 0; i < request.cards.size(); ++i) {
    const auto& card = request.cards[i];
    auto where = "cards[" + std::to_string(i) + "].";
    check_card(wrongs, card, where);
    if (!products.insert(card.product_id.text()).second)
      wrongs.add(where + "product_id", "repeated", "each card once");
    for (std::size_t j = 0; j < card.skus.size(); ++j) {
      check_sku(wrongs, card.skus[j], where + "skus[" + std::to_string(j) + "].", skus);
    }
  }
  return wrongs.take();
}

std::vector<FieldError> wrong_fields(const PutCategoriesRequest& request) {
  Wrongs wrongs;
  wrongs.count(request.items.size(), most_categories, "items");
  if (!wrongs.found().empty()) return wrongs.take();
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    const auto& item = request.items[i];
    auto where = "items[" + std::to_string(i) + "].";
    wrongs.need(!item.category_id.empty(), where + "category_id");
    wrongs.need(!item.title.empty(), where + "title");
    wrongs.part(item.image_url, where + "image_url");
    wrongs.count(item.titles.size(), most_languages, where + "titles");
    for (const auto& [language, title] : item.titles) {
      if (!is_language(language)) wrongs.add(where + "titles", "bad_language", "such as ru or en");
      wrongs.part(title, where + "titles." + language);
    }
  }
  return wrongs.take();
}

std::vector<FieldError> wrong_fields(const Money& price, const std::optional<Money>& old_price,
                                     const std::string& where) {
  Wrongs wrongs;
  check_prices(wrongs, price, old_price, where);
  return wrongs.take();
}

std::optional<Card> next_version(Card put, const Card* earlier, Time now) {
  put.version = earlier ? earlier->version : 1;
  if (put.created_at.us == 0) put.created_at = earlier ? earlier->created_at : now;
  for (auto& sku : put.skus) {
    const auto* before = earlier ? find_sku(*earlier, sku.sku_id) : nullptr;
    bool is_same = before && before->price == sku.price && before->old_price == sku.old_price;
    sku.price_version = before ? before->price_version + (is_same ? 0 : 1) : 1;
  }
  if (earlier) {
    if (put == *earlier) return std::nullopt;
    ++put.version;
  }
  return put;
}

const Sku* find_sku(const Card& card, const SkuId& id) {
  for (const auto& sku : card.skus) {
    if (sku.sku_id == id) return &sku;
  }
  return nullptr;
}

std::vector<std::size_t> best_first(const Card& card, const std::set<SkuId>& in_stock) {
  std::vector<std::size_t> positions(card.skus.size());
  std::iota(positions.begin(), positions.end(), 0);
  std::stable_sort(positions.begin(), positions.end(), [&](std::size_t left, std::size_t right) {
    const auto& a = card.skus[left];
    const auto& b = card.skus[right];
    bool a_is_there = in_stock.contains(a.sku_id);
    if (a_is_there != in_stock.contains(b.sku_id)) return a_is_there;
    return a.price.amount_minor < b.price.amount_minor;
  });
  return positions;
}

}  // namespace bramble::catalog
