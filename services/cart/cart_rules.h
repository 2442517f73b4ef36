// What a cart's hash holds and how two carts become one: pure rules. A field is a SKU, its value the
// quantity, when it was first put in, so that lines keep their order, and what it cost when its quantity was
// last set, so that a change of the price can be shown.
#pragma once

#include <string>
#include <vector>

#include "ports/cache.h"
#include "services/cart/cart.api.h"

namespace bramble::cart {

inline constexpr std::int64_t most_of_a_sku = 99;
inline constexpr std::size_t most_skus = 100;

struct Entry {
  SkuId sku_id;
  std::int64_t quantity = 0;
  std::int64_t added_us = 0;
  std::int64_t price_minor = 0;  // 0: not known
};

// In the order they were put in.
std::vector<Entry> entries_of(const CacheHash& hash);
std::string value_of(const Entry& entry);

// What has to be set in `into` so that it holds what both held: of each SKU the larger quantity.
CacheHash merged(const CacheHash& from, const CacheHash& into);

}  // namespace bramble::cart
