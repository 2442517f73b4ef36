#include "services/orders/store/short_store.h"

#include "base/error.h"

namespace bramble::orders {
namespace {

#define SHORT_COLUMNS                                                                     \
  "order_id, short_id, sku_id, site_id, quantity, reason, reported_at, state, replaced, " \
  "cancelled, refund_minor, decided_at"

ShortPick pick_of(const Row& row) {
  return {row.get<OrderId>(0),      row.get<std::string>(1),   row.get<SkuId>(2),
          row.get<SiteId>(3),       row.get<std::int64_t>(4),  row.get<warehouse::ShortReason>(5),
          row.get<Time>(6),         row.get<ShortState>(7),    row.get<std::int64_t>(8),
          row.get<std::int64_t>(9), row.get<std::int64_t>(10), row.get<std::optional<Time>>(11)};
}

}  // namespace

void ShortStore::add(Tx& tx, const ShortPick& pick) const {
  tx.send("INSERT INTO short_pick (" SHORT_COLUMNS
          ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
          " ON CONFLICT (order_id, short_id) DO NOTHING",
          pick.order_id, pick.short_id, pick.sku_id, pick.site_id, pick.quantity, pick.reason,
          pick.reported_at, pick.state, pick.replaced, pick.cancelled, pick.refund_minor, pick.decided_at);
}

std::optional<ShortPick> ShortStore::find(Tx& tx, const OrderId& order, const std::string& short_id) const {
  auto rows = tx.query("SELECT " SHORT_COLUMNS " FROM short_pick WHERE order_id = $1 AND short_id = $2",
                       order, short_id);
  if (rows.empty()) return std::nullopt;
  return pick_of(rows.front());
}

std::vector<ShortPick> ShortStore::of_order(Tx& tx, const OrderId& order) const {
  std::vector<ShortPick> found;
  auto rows =
      tx.query("SELECT " SHORT_COLUMNS " FROM short_pick WHERE order_id = $1 ORDER BY reported_at, short_id",
               order);
  for (auto row : rows) found.push_back(pick_of(row));
  return found;
}

void ShortStore::decide(Tx& tx, const ShortPick& pick) const {
  auto decided = tx.exec("UPDATE short_pick SET state = $3, replaced = $4, cancelled = $5, refund_minor = $6,"
                         " decided_at = $7 WHERE order_id = $1 AND short_id = $2 AND state = 0",
                         pick.order_id, pick.short_id, pick.state, pick.replaced, pick.cancelled,
                         pick.refund_minor, pick.decided_at);
  if (decided != 1)
    throw Error(ErrorCode::conflict, "short_decided", "the short pick was decided at the same time");
}

bool ShortStore::move(Tx& tx, const ShortPick& pick, ShortState from, ShortState to) const {
  return tx.exec("UPDATE short_pick SET state = $4 WHERE order_id = $1 AND short_id = $2 AND state = $3",
                 pick.order_id, pick.short_id, from, to) == 1;
}

void ShortStore::replace_item(Tx& tx, const OrderId& order, const ItemId& item, const SiteId& site) const {
  tx.send("UPDATE item SET site_id = $3 WHERE order_id = $1 AND item_id = $2", order, item, site);
}

void ShortStore::cancel_item(Tx& tx, const OrderId& order, const ItemId& item,
                             const std::string& short_id) const {
  tx.send("UPDATE item SET status = $3, short_id = $4 WHERE order_id = $1 AND item_id = $2", order, item,
          OrderStatus::cancelled, short_id);
}

void ShortStore::refund_items(Tx& tx, const ShortPick& pick) const {
  tx.send("UPDATE item SET status = $3 WHERE order_id = $1 AND short_id = $2", pick.order_id, pick.short_id,
          OrderStatus::refunded);
}

std::vector<ItemRefund> refunds_of(const std::vector<ShortPick>& picks, const std::string& currency) {
  std::vector<ItemRefund> refunds;
  for (const auto& pick : picks) {
    if (pick.cancelled == 0) continue;
    refunds.push_back({pick.sku_id, pick.cancelled, Money{pick.refund_minor, currency},
                       std::string(to_string(pick.reason)), pick.state == ShortState::refunded,
                       pick.decided_at.value_or(pick.reported_at)});
  }
  return refunds;
}

OrderItemsChanged items_changed(const OrderRow& order, const ShortPick& pick, ItemsChange change,
                                std::int64_t quantity, Money amount, Time at) {
  OrderItemsChanged event;
  event.order_id = order.order_id;
  event.user_id = order.user_id;
  event.status = order.status;
  event.change = change;
  event.quantity = quantity;
  event.amount = std::move(amount);
  event.at = at;
  event.short_id = pick.short_id;
  event.language = order.language;
  return event;
}

}  // namespace bramble::orders
