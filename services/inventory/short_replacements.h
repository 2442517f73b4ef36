// Units of a paid order that a warehouse did not find: their sell rights leave the books, and goods of other
// sites take their place as far as there are any.
#pragma once

#include "ports/database.h"
#include "services/inventory/availability_cache.h"
#include "services/inventory/short_store.h"
#include "services/inventory/stock_store.h"

namespace bramble::inventory {

class ShortReplacements {
 public:
  ShortReplacements(Database& database, const StockStore& stock, AvailabilityCache& availability)
      : database_(database), stock_(stock), availability_(availability) {}

  Task<ReplaceShortReply> replace_short(Call call, ReplaceShortRequest request);

 private:
  ReplaceShortReply replace_in(Tx& tx, const ReplaceShortRequest& request, bool& taken) const;
  std::vector<Placement> replacements(Tx& tx, const ReplaceShortRequest& request) const;

  Database& database_;
  const StockStore& stock_;
  AvailabilityCache& availability_;
  ShortStore shorts_;
};

}  // namespace bramble::inventory
