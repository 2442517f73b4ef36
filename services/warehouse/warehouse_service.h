// The story of each request about physical goods; short picks are in short_pick.cpp. The only writer of what
// lies where; what it knows is what hands did.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "services/catalog/catalog.api.h"
#include "services/orders/orders.api.h"
#include "services/warehouse/goods_store.h"
#include "services/warehouse/pick_rules.h"
#include "services/warehouse/pick_store.h"
#include "services/warehouse/work_inspection.h"

namespace bramble::warehouse {

class WarehouseService : public WarehouseApi {
 public:
  // `bind_workers`: a worker with a home site works there and nowhere else.
  WarehouseService(Database& database, catalog::CatalogApi& catalog, const Clock& clock, Random& random,
                   bool bind_workers)
      : database_(database),
        catalog_(catalog),
        clock_(clock),
        random_(random),
        bind_workers_(bind_workers),
        goods_(clock, random) {}

  Task<ListSitesReply> list_sites(Call call, ListSitesRequest request) override;
  Task<Site> open_site(Call call, OpenSiteRequest request) override;
  Task<ListStockReply> list_stock(Call call, ListStockRequest request) override;
  Task<Receipt> receive(Call call, ReceiveRequest request) override;
  Task<ListTasksReply> list_tasks(Call call, ListTasksRequest request) override;
  Task<PickTask> get_task(Call call, TaskRequest request) override;
  Task<ListMovementsReply> list_movements(Call call, ListMovementsRequest request) override;
  Task<OrderWork> inspect_order(Call call, OrderWorkRequest request) override;
  Task<FindPackageReply> find_package(Call call, FindPackageRequest request) override;
  Task<ScanReply> scan(Call call, ScanRequest request) override;
  Task<ShortReply> report_short(Call call, ShortRequest request) override;
  Task<ScanReply> complete(Call call, CompleteRequest request) override;
  Task<CancelPickReply> cancel_pick(Call call, CancelPickRequest request) override;

  void on_order_paid(Tx& tx, const orders::OrderPaid& event);
  void on_short_decided(Tx& tx, const orders::PickShortDecided& event);

 private:
  using Barcodes = std::map<SkuId, std::string>;

  Task<Barcodes> labels_of(Call call, ReceiveRequest request);
  Receipt receive_in(Tx& tx, const Call& call, const ReceiveRequest& request, const Barcodes& barcodes);
  ScanReply scan_in(Tx& tx, const Call& call, const ScanRequest& request);
  ShortReply report_short_in(Tx& tx, const Call& call, const ShortRequest& request);
  ScanReply complete_in(Tx& tx, const Call& call, const CompleteRequest& request);
  void begin_assembly(Tx& tx, const OrderId& order);
  void add_tasks(Tx& tx, const OrderId& order, const std::vector<orders::PaidItem>& units);
  void add_task(Tx& tx, PickTask task, const std::map<SkuId, std::int64_t>& wanted);
  void report_unbacked(Tx& tx, const PickTask& task, std::size_t line);
  void finish_if_packed(Tx& tx, const OrderId& order);
  PickTask task_for(Tx& tx, const Call& call, const TaskId& task) const;
  void check_works_at(const Call& call, const SiteId& site) const;

  Database& database_;
  catalog::CatalogApi& catalog_;
  const Clock& clock_;
  Random& random_;
  bool bind_workers_;
  GoodsStore goods_;
  PickStore picks_;
  WorkInspection inspection_;
};

}  // namespace bramble::warehouse
