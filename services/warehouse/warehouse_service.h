// The warehouse's API: each request belongs to the class of its story, and the stores are shared. The
// warehouse is the only writer of what lies where.
#pragma once

#include "services/warehouse/bins/site_registry.h"
#include "services/warehouse/picking/pick_orders.h"
#include "services/warehouse/picking/pick_tasks.h"
#include "services/warehouse/picking/short_pick_reports.h"
#include "services/warehouse/picking/task_claims.h"
#include "services/warehouse/picking/unit_cancellation.h"
#include "services/warehouse/receiving/receipt_undo.h"
#include "services/warehouse/receiving/receipts.h"
#include "services/warehouse/staff/staff_queries.h"
#include "services/warehouse/staff/worker_access.h"

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
                   WarehouseSettings settings);

  Task<ListSitesReply> list_sites(Call call, ListSitesRequest request) override;
  Task<Site> open_site(Call call, OpenSiteRequest request) override;
  Task<PutBinsReply> put_bins(Call call, PutBinsRequest request) override;
  Task<SiteBins> list_bins(Call call, SiteBinsRequest request) override;
  Task<Receipt> receive(Call call, ReceiveRequest request) override;
  Task<UndoReceiptReply> undo_receipt(Call call, UndoReceiptRequest request) override;
  Task<ListTasksReply> list_tasks(Call call, ListTasksRequest request) override;
  Task<PickTask> get_task(Call call, TaskRequest request) override;
  Task<ScanReply> take_task(Call call, TakeTaskRequest request) override;
  Task<ScanReply> release_task(Call call, TaskRequest request) override;
  Task<ScanReply> scan(Call call, ScanRequest request) override;
  Task<ShortReply> report_short(Call call, ShortRequest request) override;
  Task<ScanReply> complete(Call call, CompleteRequest request) override;
  Task<StopUnitsReply> stop_units(Call call, StopUnitsRequest request) override;
  Task<CancelPickReply> cancel_pick(Call call, CancelPickRequest request) override;
  Task<ListStockReply> list_stock(Call call, ListStockRequest request) override;
  Task<ListMovementsReply> list_movements(Call call, ListMovementsRequest request) override;
  Task<OrderWork> inspect_order(Call call, OrderWorkRequest request) override;
  Task<FindPackageReply> find_package(Call call, FindPackageRequest request) override;

  // The job that finishes what undo_receipt began.
  Task<UndoReceiptReply> finish_undo(Call call, std::string id);
  void on_order_paid(Tx& tx, const orders::OrderPaid& event);
  void on_short_decided(Tx& tx, const orders::PickShortDecided& event);

 private:
  WorkerAccess access_;
  GoodsStore goods_;
  PickStore picks_;
  UndoStore undos_;
  SiteRegistry sites_;
  Receipts receipts_;
  ReceiptUndo receipt_undo_;
  PickOrders pick_orders_;
  TaskClaims claims_;
  PickTasks tasks_;
  ShortPickReports short_picks_;
  UnitCancellation unit_cancellation_;
  StaffQueries queries_;
};

}  // namespace bramble::warehouse
