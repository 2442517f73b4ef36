// A site takes sell rights back because a receipt was undone: all of the receipt's, if nobody holds them.
#pragma once

#include "ports/database.h"
#include "services/inventory/availability_cache.h"
#include "services/inventory/stock_store.h"

namespace bramble::inventory {

class Withdrawals {
 public:
  Withdrawals(Database& database, const StockStore& stock, AvailabilityCache& availability)
      : database_(database), stock_(stock), availability_(availability) {}

  Task<WithdrawReply> withdraw(Call call, WithdrawRequest request);

 private:
  WithdrawReply withdraw_in(Tx& tx, const WithdrawRequest& request, bool& taken) const;
  void restore(Tx& tx, const WithdrawRequest& request, std::optional<std::int64_t> withdrawn) const;
  std::vector<Level> shortages(Tx& tx, const WithdrawRequest& request) const;

  Database& database_;
  const StockStore& stock_;
  AvailabilityCache& availability_;
};

}  // namespace bramble::inventory
