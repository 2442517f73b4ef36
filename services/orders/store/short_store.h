// The table of short picks, and the columns of items that they change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"
#include "services/orders/store/order_store.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::orders {

// open → decided (only if there is money to refund) → settled → refunded.
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
  // Does nothing if the short pick is known.
  void add(Tx& tx, const ShortPick& pick) const;
  std::optional<ShortPick> find(Tx& tx, const OrderId& order, const std::string& short_id) const;
  // The earliest report comes first.
  std::vector<ShortPick> of_order(Tx& tx, const OrderId& order) const;
  // Saves the decision on an open short pick. Throws conflict if someone else was faster.
  void decide(Tx& tx, const ShortPick& pick) const;
  // Compare and set: false if its state is not `from`.
  bool move(Tx& tx, const ShortPick& pick, ShortState from, ShortState to) const;

  // The unit comes from another site now.
  void replace_item(Tx& tx, const OrderId& order, const ItemId& item, const SiteId& site) const;
  // From now on the unit has a status of its own.
  void cancel_item(Tx& tx, const OrderId& order, const ItemId& item, const std::string& short_id) const;
  // The refund of all units that the short pick cancelled has arrived.
  void refund_items(Tx& tx, const ShortPick& pick) const;
};

// As the buyer sees them.
std::vector<ItemRefund> refunds_of(const std::vector<ShortPick>& picks, const std::string& currency);

// The event for the buyer about some units.
OrderItemsChanged items_changed(const OrderRow& order, const ShortPick& pick, ItemsChange change,
                                std::int64_t quantity, Money amount, Time at);

}  // namespace bramble::orders
