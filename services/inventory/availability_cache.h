// Answers how many units of a SKU are free, from memory if they were read lately. It never decides a sale, so
// it may be half a second old.
#pragma once

#include <unordered_map>
#include <vector>

#include "ports/clock.h"
#include "ports/database.h"
#include "services/inventory/inventory.api.h"
#include "services/inventory/stock_store.h"

namespace bramble::inventory {

class AvailabilityCache {
 public:
  AvailabilityCache(Database& database, const Clock& clock, const StockStore& stock)
      : database_(database), clock_(clock), stock_(stock) {}

  Task<AvailabilityReply> availability(Call call, AvailabilityRequest request);
  // Units that this process took (-1) or freed (1).
  void adjust(const std::vector<Placement>& placements, std::int64_t sign);

 private:
  struct CachedAvailability {
    std::int64_t available = 0;
    Time read_at;
  };

  Database& database_;
  const Clock& clock_;
  const StockStore& stock_;
  std::unordered_map<SkuId, CachedAvailability, IdHash> cached_;
};

}  // namespace bramble::inventory
