// What staff look for among movements, scans and parcels. Every look is bounded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::warehouse {

class WarehouseQueries {
 public:
  ListMovementsReply movements(Tx& tx, const ListMovementsRequest& request) const;
  // The oldest first.
  std::vector<Movement> movements_of(Tx& tx, const PickTask& task) const;
  std::vector<ScanRow> scans_of(Tx& tx, const TaskId& task) const;
  std::vector<ShortRow> shorts_of(Tx& tx, const OrderId& order) const;
  std::optional<OrderId> order_of_package(Tx& tx, const std::string& package) const;
};

}  // namespace bramble::warehouse
