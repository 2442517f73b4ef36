#include "services/inventory/stock_turns.h"

namespace bramble::inventory {

// If all that is free was added just now, there was nothing before.
void publish_turned_on(Tx& tx, const StockStore& stock, const SkuId& sku, std::int64_t added) {
  if (stock.available(tx, sku) > added) return;
  if (auto version = stock.turn(tx, sku, true)) tx.publish(StockTurned{sku, true, *version});
}

void publish_turned_off(Tx& tx, const StockStore& stock, const SkuId& sku) {
  if (auto version = stock.turn(tx, sku, false)) tx.publish(StockTurned{sku, false, *version});
}

}  // namespace bramble::inventory
