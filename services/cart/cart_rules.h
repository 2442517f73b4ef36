// The contents of a cart's hash, and how two carts are merged: pure rules. A field is a SKU. Its value is the
// quantity, the time when the line was added (lines keep their order), and the price when the quantity was
// last set (a change of the price is shown).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/cache.h"
#include "services/cart/cart.api.h"

namespace bramble::cart {

inline constexpr std::int64_t most_of_a_sku = 99;
inline constexpr std::size_t most_skus = 100;
inline constexpr std::int64_t most_units = 200;  // the limit of an order: a whole cart can be ordered

struct Entry {
  SkuId sku_id;
  std::int64_t quantity = 0;
  std::int64_t added_us = 0;
  std::int64_t price_minor = 0;  // 0: unknown
};

// In the order in which they were added.
std::vector<Entry> entries_of(const CacheHash& hash);
std::string value_of(const Entry& entry);

// The owner of a guest's cart is a token.
bool is_anonymous(std::string_view owner);
// When a new cart was created. Nothing once its guest has come back to it.
std::optional<Time> new_since(const CacheHash& hash);
inline constexpr std::string_view new_field = "new_since";

std::int64_t units_of(const std::vector<Entry>& entries);

// The largest quantity of a SKU that the cart can hold, given its other lines; at least the present quantity.
std::int64_t most_allowed(const std::vector<Entry>& entries, const SkuId& sku);

struct Merged {
  CacheHash changes;  // to be set in the cart that stays
  std::vector<Quantity> left_out;
};

// What to set in `into` so that it holds the larger quantity of each SKU of both carts, within the limits.
Merged merged(const CacheHash& from, const CacheHash& into);

// "sku_a 3 sku_b 1"
std::string text_of(const std::vector<Quantity>& left_out);
std::vector<Quantity> left_out_of(std::string_view text);

// Equal for carts that show equal lines: SKU, quantity, price and time of adding.
std::string version_of(const std::vector<CartLine>& lines);

}  // namespace bramble::cart
