// Publishes StockTurned when a SKU begins or ceases to be available. Each is one step of the caller's
// transaction.
#pragma once

#include "services/inventory/stock_store.h"

namespace bramble::inventory {

// After `added` units became free.
void publish_turned_on(Tx& tx, const StockStore& stock, const SkuId& sku, std::int64_t added);
// After the last free unit was taken.
void publish_turned_off(Tx& tx, const StockStore& stock, const SkuId& sku);

}  // namespace bramble::inventory
