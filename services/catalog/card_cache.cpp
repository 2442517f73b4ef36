#include "services/catalog/card_cache.h"

namespace bramble::catalog {

CardPtr CardCache::fresh(const EntryPtr& entry, Time now) const {
  bool is_fresh = now >= entry->read_at && now - entry->read_at < fresh_for_;
  return is_fresh ? entry->card : nullptr;
}

CardPtr CardCache::find(const ProductId& product, Time now) {
  auto entry = entry_of(product);
  return entry ? fresh(entry, now) : nullptr;
}

CardPtr CardCache::find(const SkuId& sku, Time now) {
  if (auto young = young_.skus.find(sku); young != young_.skus.end()) return fresh(young->second, now);
  auto old = old_.skus.find(sku);
  if (old == old_.skus.end()) return nullptr;
  auto entry = old->second;
  keep(entry);
  return fresh(entry, now);
}

CardCache::EntryPtr CardCache::entry_of(const ProductId& product) {
  if (auto young = young_.cards.find(product); young != young_.cards.end()) return young->second;
  auto old = old_.cards.find(product);
  if (old == old_.cards.end()) return nullptr;
  auto entry = old->second;
  keep(entry);
  return entry;
}

// Puts the entry among the young, under all the names it has now.
void CardCache::keep(const EntryPtr& entry) {
  if (young_.cards.size() >= half_) old_ = std::exchange(young_, {});
  young_.cards[entry->card->product_id] = entry;
  for (const auto& sku : entry->card->skus) young_.skus[sku.sku_id] = entry;
  old_.cards.erase(entry->card->product_id);
}

void CardCache::loaded(CardPtr card, Time now) {
  auto entry = entry_of(card->product_id);
  if (entry && entry->card->version > card->version) return;
  if (!entry) entry = std::make_shared<Entry>();
  *entry = {std::move(card), now};
  keep(entry);
}

// A new card cannot have been read before, so only what may be in somebody's hands in an older version is
// kept.
void CardCache::written(CardPtr card, Time now) {
  if (card->version > 1) loaded(std::move(card), now);
}

}  // namespace bramble::catalog
