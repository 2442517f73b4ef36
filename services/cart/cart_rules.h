// What a cart's hash holds and how two carts become one: pure rules. A field is a SKU, its value the
// quantity, when it was first put in, so that lines keep their order, and what it cost when its quantity was
// last set, so that a change of the price can be shown.
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
inline constexpr std::int64_t most_units = 200;  // as of an order: what is in a cart can be ordered

struct Entry {
  SkuId sku_id;
  std::int64_t quantity = 0;
  std::int64_t added_us = 0;
  std::int64_t price_minor = 0;  // 0: not known
};

// In the order they were put in.
std::vector<Entry> entries_of(const CacheHash& hash);
std::string value_of(const Entry& entry);

// Whether it is the cart of somebody who has not signed in; the owner is then a token.
bool is_anonymous(std::string_view owner);
// Since when a cart is new: one that nobody has come back to yet. Nothing for any other.
std::optional<Time> new_since(const CacheHash& hash);
inline constexpr std::string_view new_field = "new_since";

std::int64_t units_of(const std::vector<Entry>& entries);

// How many of a SKU a cart may hold, given what else lies in it; not below what it holds already.
std::int64_t most_allowed(const std::vector<Entry>& entries, const SkuId& sku);

struct Merged {
  CacheHash changes;  // to be set in the cart that stays
  std::vector<Quantity> left_out;
};

// What has to be set in `into` so that it holds what both held, as far as a cart goes: of each SKU the larger
// quantity.
Merged merged(const CacheHash& from, const CacheHash& into);

// "sku_a 3 sku_b 1"
std::string text_of(const std::vector<Quantity>& left_out);
std::vector<Quantity> left_out_of(std::string_view text);

// The same for carts that show the same lines, quantities and prices, put in at the same time, and another
// for all others.
std::string version_of(const std::vector<CartLine>& lines);

}  // namespace bramble::cart
