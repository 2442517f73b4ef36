// The tables of units that a warehouse did not find: short picks, and the units that were cancelled by them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"
#include "services/orders/order_store.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::orders {

// open → decided, if there is money to give back → settled → refunded.
enum class ShortState { open, decided, settled, refunded };

struct ShortPick {
  OrderId order_id;
  std::string short_id;
  SkuId sku_id;
  SiteId site_id;
  std::int64_t quantity = 0;
  warehouse::ShortReason reason = warehouse::ShortReason::not_found;
  Time reported_at;
  ShortState state = ShortState::open;
  std::int64_t replaced = 0;
  std::int64_t cancelled = 0;
  std::int64_t refund_minor = 0;
  std::optional<Time> decided_at;
};

class ShortStore {
 public:
  // Does nothing if it is known.
  void add(Tx& tx, const ShortPick& pick) const;
  std::optional<ShortPick> find(Tx& tx, const OrderId& order, const std::string& short_id) const;
  // In the order in which they were reported.
  std::vector<ShortPick> of_order(Tx& tx, const OrderId& order) const;
  // Saves the decision of an open one; throws conflict if somebody else has decided it first.
  void decide(Tx& tx, const ShortPick& pick) const;
  // Compare and set; false if it stands otherwise.
  bool move(Tx& tx, const ShortPick& pick, ShortState from, ShortState to) const;

  // The unit comes from another site.
  void replace_item(Tx& tx, const OrderId& order, const ItemId& item, const SiteId& site) const;
  // The unit goes its own way from now on.
  void cancel_item(Tx& tx, const OrderId& order, const ItemId& item, const std::string& short_id) const;
  // The money of all units that the short pick cancelled is back.
  void refund_items(Tx& tx, const ShortPick& pick) const;
};

// What the buyer sees of it.
std::vector<ItemRefund> refunds_of(const std::vector<ShortPick>& picks, const std::string& currency);

}  // namespace bramble::orders
