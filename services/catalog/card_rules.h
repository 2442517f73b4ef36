// What a card must be, and what its next version is. Pure rules.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

// The wrong fields of a request, at most 20 of them.
std::vector<FieldError> wrong_fields(const PutCardsRequest& request);
std::vector<FieldError> wrong_fields(const PutCategoriesRequest& request);
std::vector<FieldError> wrong_fields(const Money& price, const std::optional<Money>& old_price,
                                     const std::string& where);

// What is to be stored when `put` comes after `earlier` (null: there is none): its version and its prices'
// versions, which grow with each change. Nothing if it changes nothing.
std::optional<Card> next_version(Card put, const Card* earlier, Time now);

const Sku* find_sku(const Card& card, const SkuId& id);
// Positions of the card's SKUs as they are shown to a buyer: those that can be bought before the others, and
// among equals the cheaper first.
std::vector<std::size_t> best_first(const Card& card, const std::set<SkuId>& in_stock);

}  // namespace bramble::catalog
