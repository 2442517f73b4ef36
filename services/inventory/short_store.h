// The tables of short picks and of what replaced them. Every function is one step of the caller's
// transaction.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "ports/database.h"
#include "services/inventory/stock_store.h"

namespace bramble::inventory {

class ShortStore {
 public:
  // What a short pick was answered before; nothing if it is new.
  std::optional<ReplaceShortReply> find(Tx& tx, const ReplaceShortRequest& request) const;
  void add(Tx& tx, const ReplaceShortRequest& request, const std::vector<Placement>& replacements) const;
  // Where the order was short of the SKU before.
  std::set<SiteId> short_sites(Tx& tx, const OrderId& order, const SkuId& sku) const;

  // Spent units leave the claimed hold and the books; throws internal if the hold has fewer there.
  void strike(Tx& tx, const Hold& hold, const Placement& missing) const;
  // Units leave the claimed hold; throws internal if it has fewer there.
  void drop(Tx& tx, const Hold& hold, const Placement& units) const;
  // Free units become the hold's, spent; false if there are too few, and then nothing has changed.
  bool claim(Tx& tx, const Hold& hold, const Placement& placement) const;
};

}  // namespace bramble::inventory
