// Cards in memory, found by product and by SKU. Always true: it never answers an older version than one it
// was told of by `written`, and nothing that was read longer ago than `fresh_for`.
#pragma once

#include <memory>
#include <unordered_map>

#include "services/catalog/catalog.api.h"

namespace bramble::catalog {

using CardPtr = std::shared_ptr<const Card>;

class CardCache {
 public:
  CardCache(std::size_t most_cards, Duration fresh_for) : half_(most_cards / 2 + 1), fresh_for_(fresh_for) {}

  // Null if it is not there or too old.
  CardPtr find(const ProductId& product, Time now);
  CardPtr find(const SkuId& sku, Time now);

  // A card as the tables had it. A newer version that is there stays.
  void loaded(CardPtr card, Time now);
  // A card as it has just been committed.
  void written(CardPtr card, Time now);

  std::size_t size() const { return young_.cards.size() + old_.cards.size(); }

 private:
  struct Entry {
    CardPtr card;
    Time read_at;
  };
  using EntryPtr = std::shared_ptr<Entry>;
  struct Generation {
    std::unordered_map<ProductId, EntryPtr, IdHash> cards;
    std::unordered_map<SkuId, EntryPtr, IdHash> skus;
  };

  CardPtr fresh(const EntryPtr& entry, Time now) const;
  EntryPtr entry_of(const ProductId& product);
  void keep(const EntryPtr& entry);

  // Two generations: the younger half fills up, then becomes the older, which is dropped whole. What is used
  // moves to the younger, so what is dropped has not been used for long.
  std::size_t half_;
  Duration fresh_for_;
  Generation young_;
  Generation old_;
};

}  // namespace bramble::catalog
