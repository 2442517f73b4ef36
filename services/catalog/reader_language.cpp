#include "services/catalog/reader_language.h"

namespace bramble::catalog {
namespace {

const std::string& word_in(const CardText& text, const std::string& word) {
  auto found = text.words.find(word);
  return found == text.words.end() || found->second.empty() ? word : found->second;
}

std::map<std::string, std::string> options_in(const CardText& text,
                                              const std::map<std::string, std::string>& options) {
  std::map<std::string, std::string> read;
  for (const auto& [name, value] : options) {
    // Two names that became one would lose a choice: the second keeps its own.
    auto [at, is_new] = read.emplace(word_in(text, name), word_in(text, value));
    if (!is_new) read.emplace(name, word_in(text, value));
  }
  return read;
}

Sku sku_in(const CardText& text, const Sku& sku) {
  auto read = sku;
  read.options = options_in(text, sku.options);
  return read;
}

}  // namespace

const CardText* text_in(const Card& card, const std::string& language) {
  if (language.empty() || language == card.language) return nullptr;
  for (const auto& text : card.texts) {
    if (text.language == language) return &text;
  }
  return nullptr;
}

const std::string& title_in(const Card& card, const std::string& language) {
  const auto* text = text_in(card, language);
  return text && !text->title.empty() ? text->title : card.title;
}

const std::string& title_in(const Category& category, const std::string& language) {
  auto found = category.titles.find(language);
  return found == category.titles.end() || found->second.empty() ? category.title : found->second;
}

// Written out, because a copy of the whole card with all its languages would cost as much again.
Card card_in(const Card& card, const std::string& language) {
  if (language.empty()) return card;
  const auto* text = text_in(card, language);
  Card read{.product_id = card.product_id,
            .seller_id = card.seller_id,
            .vendor_code = card.vendor_code,
            .title = title_in(card, language),
            .brand = card.brand,
            .category_id = card.category_id,
            .description = text && !text->description.empty() ? text->description : card.description,
            .images = card.images,
            .rating = card.rating,
            .rating_count = card.rating_count,
            .created_at = card.created_at,
            .version = card.version,
            .language = text ? text->language : card.language};
  if (!text) {
    read.attributes = card.attributes;
    read.skus = card.skus;
    return read;
  }
  read.attributes.reserve(card.attributes.size());
  for (const auto& attribute : card.attributes)
    read.attributes.push_back({word_in(*text, attribute.name), word_in(*text, attribute.value)});
  read.skus.reserve(card.skus.size());
  for (const auto& sku : card.skus) read.skus.push_back(sku_in(*text, sku));
  return read;
}

Category category_in(const Category& category, const std::string& language) {
  auto told = category;
  if (language.empty()) return told;
  told.title = title_in(category, language);
  told.titles.clear();
  return told;
}

SkuInfo info_in(const Card& card, const Sku& sku, const std::string& language) {
  const auto* text = text_in(card, language);
  return {.sku_id = sku.sku_id,
          .product_id = card.product_id,
          .seller_id = card.seller_id,
          .title = title_in(card, language),
          .options = text ? options_in(*text, sku.options) : sku.options,
          .price = sku.price,
          .price_version = sku.price_version,
          .barcode = sku.barcode,
          .image = !sku.image.empty()    ? sku.image
                   : card.images.empty() ? std::string()
                                         : card.images.front()};
}

}  // namespace bramble::catalog
