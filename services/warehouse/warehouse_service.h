// The story of each request about physical goods; short picks are in short_pick.cpp, whose a task is in
// task_claims.cpp, bins in bins.cpp, mistaken receipts in receipt_undo.cpp, unwanted units in
// stop_units.cpp. The only writer of what
// lies where; what it knows is what hands did.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/orders/orders.api.h"
#include "services/warehouse/goods_store.h"
#include "services/warehouse/pick_rules.h"
#include "services/warehouse/pick_store.h"
#include "services/warehouse/undo_store.h"
#include "services/warehouse/work_inspection.h"

namespace bramble::warehouse {

struct WarehouseSettings {
  bool bind_workers = true;              // a worker with a home site works there and nowhere else
  Duration task_kept_for = minutes(15);  // by a worker who is not heard of
  Duration late_scans_for = hours(12);   // how old a terminal's unsent work may be
};

// The services that warehouse calls.
struct WarehousePeers {
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
};

class WarehouseService : public WarehouseApi {
 public:
  WarehouseService(Database& database, WarehousePeers peers, const Clock& clock, Random& random,
                   WarehouseSettings settings)
      : database_(database),
        catalog_(peers.catalog),
        inventory_(peers.inventory),
        clock_(clock),
        random_(random),
        settings_(settings),
        goods_(clock, random),
        picks_(settings.task_kept_for) {}

  Task<ListSitesReply> list_sites(Call call, ListSitesRequest request) override;
  Task<Site> open_site(Call call, OpenSiteRequest request) override;
  Task<ListStockReply> list_stock(Call call, ListStockRequest request) override;
  Task<Receipt> receive(Call call, ReceiveRequest request) override;
  Task<UndoReceiptReply> undo_receipt(Call call, UndoReceiptRequest request) override;
  Task<PutBinsReply> put_bins(Call call, PutBinsRequest request) override;
  Task<SiteBins> list_bins(Call call, SiteBinsRequest request) override;
  Task<ListTasksReply> list_tasks(Call call, ListTasksRequest request) override;
  Task<PickTask> get_task(Call call, TaskRequest request) override;
  Task<ScanReply> take_task(Call call, TakeTaskRequest request) override;
  Task<ScanReply> release_task(Call call, TaskRequest request) override;
  Task<ListMovementsReply> list_movements(Call call, ListMovementsRequest request) override;
  Task<OrderWork> inspect_order(Call call, OrderWorkRequest request) override;
  Task<FindPackageReply> find_package(Call call, FindPackageRequest request) override;
  Task<ScanReply> scan(Call call, ScanRequest request) override;
  Task<ShortReply> report_short(Call call, ShortRequest request) override;
  Task<ScanReply> complete(Call call, CompleteRequest request) override;
  Task<StopUnitsReply> stop_units(Call call, StopUnitsRequest request) override;
  Task<CancelPickReply> cancel_pick(Call call, CancelPickRequest request) override;

  // The job that finishes what undo_receipt began.
  Task<UndoReceiptReply> finish_undo(Call call, std::string id);

  void on_order_paid(Tx& tx, const orders::OrderPaid& event);
  void on_short_decided(Tx& tx, const orders::PickShortDecided& event);

 private:
  using Barcodes = std::map<SkuId, std::string>;

  Task<Barcodes> labels_of(Call call, ReceiveRequest request);
  Receipt receive_in(Tx& tx, const Call& call, const ReceiveRequest& request, const Barcodes& barcodes);
  void check_bins(Tx& tx, const ReceiveRequest& request) const;
  SiteBins bins_of(Tx& tx, const SiteId& site) const;
  PutBinsReply put_bins_in(Tx& tx, const PutBinsRequest& request) const;
  Receipt receipt_for(Tx& tx, const Call& call, const std::string& id) const;
  std::optional<UndoReceiptReply> begin_undo(Tx& tx, const Call& call, const std::string& id);
  std::string missing_of(Tx& tx, const std::vector<Move>& moves) const;
  UndoReceiptReply take_off(Tx& tx, const std::string& id, const Undo& claim,
                            const inventory::WithdrawReply& answer);
  UndoReceiptReply standing_of(Tx& tx, const std::string& id, std::string detail) const;
  ScanReply scan_in(Tx& tx, const Call& call, const ScanRequest& request);
  ShortReply report_short_in(Tx& tx, const Call& call, const ShortRequest& request);
  ScanReply complete_in(Tx& tx, const Call& call, const CompleteRequest& request);
  StopUnitsReply stop_units_in(Tx& tx, const Call& call, const StopUnitsRequest& request);
  void call_off(Tx& tx, const Call& call, PickTask& task, std::size_t at, std::int64_t quantity,
                const std::string& stop_id);
  void begin_assembly(Tx& tx, const OrderId& order);
  void add_tasks(Tx& tx, const OrderId& order, const std::vector<orders::PaidItem>& units);
  void add_task(Tx& tx, PickTask task, const std::map<SkuId, std::int64_t>& wanted);
  void report_unbacked(Tx& tx, const PickTask& task, std::size_t line);
  void finish_if_packed(Tx& tx, const OrderId& order);
  PickTask task_for(Tx& tx, const Call& call, const TaskId& task) const;
  bool may_work_on(Tx& tx, const Call& call, const PickTask& task, std::optional<Time> at) const;
  void keep_claim(Tx& tx, const Call& call, PickTask& task) const;
  void check_works_at(const Call& call, const SiteId& site) const;

  Database& database_;
  catalog::CatalogApi& catalog_;
  inventory::InventoryApi& inventory_;
  const Clock& clock_;
  Random& random_;
  WarehouseSettings settings_;
  GoodsStore goods_;
  PickStore picks_;
  UndoStore undos_;
  WorkInspection inspection_;
};

}  // namespace bramble::warehouse
