// Cards and categories in the words of who reads them. Pure rules. A language that something is not told in,
// and no language at all, give it in its own words.
#pragma once

#include <string>

#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

// The card's words in the language; null where its own are to be shown.
const CardText* text_in(const Card& card, const std::string& language);

const std::string& title_in(const Card& card, const std::string& language);
const std::string& title_in(const Category& category, const std::string& language);

// As readers get it: without the words of other languages. Without a language: as it was put.
Card card_in(const Card& card, const std::string& language);
Category category_in(const Category& category, const std::string& language);

// What carts, orders and labels need to know of a SKU of the card.
SkuInfo info_in(const Card& card, const Sku& sku, const std::string& language);

}  // namespace bramble::catalog
