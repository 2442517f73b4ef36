// Inventory with one site, "site_1": holds keep to the states of the real one.
#pragma once

#include <algorithm>
#include <map>

#include "services/inventory/inventory.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeInventory final : public inventory::InventoryApi {
 public:
  using State = inventory::HoldState;

  struct Hold {
    std::int64_t attempt = 0;
    State state = State::none;
    std::int64_t closed_to = 0;
    std::vector<inventory::Placement> placements;
  };

  Task<inventory::ReserveReply> reserve(Call, inventory::ReserveRequest request) override;
  Task<inventory::HoldReply> begin_payment(Call, inventory::HoldRequest request) override;
  Task<inventory::HoldReply> release(Call, inventory::ReleaseRequest request) override;
  Task<inventory::HoldReply> get_hold(Call, inventory::HoldRequest request) override;
  Task<inventory::WithdrawReply> withdraw(Call, inventory::WithdrawRequest request) override;
  // What a test put at other sites takes the place of what is missing.
  Task<inventory::ReplaceShortReply> replace_short(Call, inventory::ReplaceShortRequest request) override;
  Task<inventory::AvailabilityReply> availability(Call, inventory::AvailabilityRequest request) override;
  Task<inventory::ListHoldsReply> list_holds(Call, inventory::ListHoldsRequest) override;
  Task<inventory::ListGrantsReply> list_grants(Call, inventory::ListGrantsRequest) override { not_faked(); }
  Task<inventory::ListStockReply> list_stock(Call, inventory::ListStockRequest) override { not_faked(); }

  // Its time is over; false if somebody is paying.
  bool expire(const OrderId& order);

  std::map<SkuId, std::int64_t> available;
  std::map<OrderId, Hold> holds;
  std::map<SkuId, std::map<SiteId, std::int64_t>> elsewhere;
  std::map<std::string, inventory::ReplaceShortReply> replaced;        // by short pick
  std::vector<inventory::HoldRow> rows;                                // what staff are told
  std::map<std::string, std::vector<inventory::Placement>> withdrawn;  // by receipt
  std::map<SkuId, std::int64_t> sold;  // SKUs of which a site has only so many left that nobody holds
  Trouble trouble;

 private:
  void free(Hold& hold);
};

}  // namespace bramble
