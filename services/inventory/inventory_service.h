// The story of each request to inventory. Sells only from sell rights that a warehouse granted, so it cannot
// oversell. What warehouses did not find is in replacing.cpp, what they take back in withdrawing.cpp.
#pragma once

#include <unordered_map>

#include "ports/clock.h"
#include "ports/database.h"
#include "services/inventory/inventory.api.h"
#include "services/inventory/short_store.h"
#include "services/inventory/stock_inspection.h"
#include "services/inventory/stock_store.h"
#include "services/orders/orders.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::inventory {

class InventoryService : public InventoryApi {
 public:
  InventoryService(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  Task<ReserveReply> reserve(Call call, ReserveRequest request) override;
  Task<HoldReply> begin_payment(Call call, HoldRequest request) override;
  Task<HoldReply> release(Call call, ReleaseRequest request) override;
  Task<HoldReply> get_hold(Call call, HoldRequest request) override;
  Task<ReplaceShortReply> replace_short(Call call, ReplaceShortRequest request) override;
  Task<WithdrawReply> withdraw(Call call, WithdrawRequest request) override;
  Task<ListHoldsReply> list_holds(Call call, ListHoldsRequest request) override;
  Task<ListGrantsReply> list_grants(Call call, ListGrantsRequest request) override;
  Task<AvailabilityReply> availability(Call call, AvailabilityRequest request) override;
  Task<ListStockReply> list_stock(Call call, ListStockRequest request) override;

  void on_site_opened(Tx& tx, const warehouse::SiteOpened& event);
  void on_sell_rights_granted(Tx& tx, const warehouse::SellRightsGranted& event);
  void on_order_paid(Tx& tx, const orders::OrderPaid& event);
  void on_paid_order_cancelled(Tx& tx, const orders::PaidOrderCancelled& event);

  // Releases holds whose time is over.
  Task<void> expire_holds(Call call);

 private:
  struct Known {
    std::int64_t available = 0;
    Time read_at;
  };

  ReserveReply reserve_in(Tx& tx, const ReserveRequest& request, bool& taken);
  ReplaceShortReply replace_short_in(Tx& tx, const ReplaceShortRequest& request, bool& taken);
  WithdrawReply withdraw_in(Tx& tx, const WithdrawRequest& request, bool& taken);
  std::vector<Placement> replacements(Tx& tx, const ReplaceShortRequest& request) const;
  HoldReply reply_of(Tx& tx, const Hold& hold) const;
  void free_hold(Tx& tx, const std::vector<Placement>& placements);
  void turned_on(Tx& tx, const SkuId& sku, std::int64_t added);
  void adjust_known(const std::vector<Placement>& placements, std::int64_t sign);

  Database& database_;
  const Clock& clock_;
  StockStore stock_;
  ShortStore shorts_;
  StockInspection inspection_;
  // What was read lately. Never decides a sale, so it may be a moment old.
  std::unordered_map<SkuId, Known, IdHash> known_;
};

}  // namespace bramble::inventory
