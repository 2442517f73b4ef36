// Holds goods for orders. Sells only from sell rights that a warehouse granted, so it cannot oversell.
// ShortReplacements has what warehouses did not find, Withdrawals what they take back.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "services/inventory/availability_cache.h"
#include "services/inventory/inventory.api.h"
#include "services/inventory/short_replacements.h"
#include "services/inventory/stock_queries.h"
#include "services/inventory/stock_store.h"
#include "services/inventory/withdrawals.h"
#include "services/orders/orders.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::inventory {

class InventoryService : public InventoryApi {
 public:
  InventoryService(Database& database, const Clock& clock)
      : database_(database),
        availability_(database, clock, stock_),
        replacements_(database, stock_, availability_),
        withdrawals_(database, stock_, availability_) {}

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
  ReserveReply reserve_in(Tx& tx, const ReserveRequest& request, bool& taken);
  HoldReply reply_of(Tx& tx, const Hold& hold) const;
  void free_hold(Tx& tx, const std::vector<Placement>& placements);

  Database& database_;
  StockStore stock_;
  StockQueries queries_;
  AvailabilityCache availability_;
  ShortReplacements replacements_;
  Withdrawals withdrawals_;
};

}  // namespace bramble::inventory
