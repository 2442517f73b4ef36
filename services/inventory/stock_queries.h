// What staff look for among holds and grants. Every look is bounded.
#pragma once

#include <vector>

#include "ports/database.h"
#include "services/inventory/inventory.api.h"

namespace bramble::inventory {

class StockQueries {
 public:
  // Without their placements.
  std::vector<HoldRow> holds(Tx& tx, const ListHoldsRequest& request) const;
  std::vector<GrantRow> grants(Tx& tx, const ListGrantsRequest& request) const;
};

}  // namespace bramble::inventory
