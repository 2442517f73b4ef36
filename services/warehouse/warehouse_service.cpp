#include "services/warehouse/warehouse_service.h"

namespace bramble::warehouse {

WarehouseService::WarehouseService(Database& database, WarehousePeers peers, const Clock& clock,
                                   Random& random, WarehouseSettings settings)
    : access_(settings.bind_workers),
      goods_(clock, random),
      picks_(settings.task_kept_for),
      sites_(database, goods_),
      receipts_(database, peers.catalog, goods_, undos_, sites_, access_),
      receipt_undo_(database, peers.inventory, goods_, undos_, access_),
      pick_orders_(database, clock, random, goods_, picks_),
      claims_(database, picks_, access_, settings.late_scans_for),
      tasks_(database, goods_, picks_, pick_orders_, claims_, access_),
      short_picks_(database, goods_, picks_, pick_orders_, claims_),
      unit_cancellation_(database, goods_, picks_, pick_orders_),
      queries_(database, goods_, picks_) {}

Task<ListSitesReply> WarehouseService::list_sites(Call call, ListSitesRequest request) {
  return sites_.list_sites(std::move(call), std::move(request));
}

Task<Site> WarehouseService::open_site(Call call, OpenSiteRequest request) {
  return sites_.open_site(std::move(call), std::move(request));
}

Task<PutBinsReply> WarehouseService::put_bins(Call call, PutBinsRequest request) {
  return sites_.put_bins(std::move(call), std::move(request));
}

Task<SiteBins> WarehouseService::list_bins(Call call, SiteBinsRequest request) {
  return sites_.list_bins(std::move(call), std::move(request));
}

Task<Receipt> WarehouseService::receive(Call call, ReceiveRequest request) {
  return receipts_.receive(std::move(call), std::move(request));
}

Task<UndoReceiptReply> WarehouseService::undo_receipt(Call call, UndoReceiptRequest request) {
  return receipt_undo_.undo_receipt(std::move(call), std::move(request));
}

Task<ListTasksReply> WarehouseService::list_tasks(Call call, ListTasksRequest request) {
  return tasks_.list_tasks(std::move(call), std::move(request));
}

Task<PickTask> WarehouseService::get_task(Call call, TaskRequest request) {
  return tasks_.get_task(std::move(call), std::move(request));
}

Task<ScanReply> WarehouseService::take_task(Call call, TakeTaskRequest request) {
  return claims_.take_task(std::move(call), std::move(request));
}

Task<ScanReply> WarehouseService::release_task(Call call, TaskRequest request) {
  return claims_.release_task(std::move(call), std::move(request));
}

Task<ScanReply> WarehouseService::scan(Call call, ScanRequest request) {
  return tasks_.scan(std::move(call), std::move(request));
}

Task<ShortReply> WarehouseService::report_short(Call call, ShortRequest request) {
  return short_picks_.report_short(std::move(call), std::move(request));
}

Task<ScanReply> WarehouseService::complete(Call call, CompleteRequest request) {
  return tasks_.complete(std::move(call), std::move(request));
}

Task<StopUnitsReply> WarehouseService::stop_units(Call call, StopUnitsRequest request) {
  return unit_cancellation_.stop_units(std::move(call), std::move(request));
}

Task<CancelPickReply> WarehouseService::cancel_pick(Call call, CancelPickRequest request) {
  return pick_orders_.cancel_pick(std::move(call), std::move(request));
}

Task<ListStockReply> WarehouseService::list_stock(Call call, ListStockRequest request) {
  return queries_.list_stock(std::move(call), std::move(request));
}

Task<ListMovementsReply> WarehouseService::list_movements(Call call, ListMovementsRequest request) {
  return queries_.list_movements(std::move(call), std::move(request));
}

Task<OrderWork> WarehouseService::inspect_order(Call call, OrderWorkRequest request) {
  return queries_.inspect_order(std::move(call), std::move(request));
}

Task<FindPackageReply> WarehouseService::find_package(Call call, FindPackageRequest request) {
  return queries_.find_package(std::move(call), std::move(request));
}

Task<UndoReceiptReply> WarehouseService::finish_undo(Call call, std::string id) {
  return receipt_undo_.finish_undo(std::move(call), std::move(id));
}

void WarehouseService::on_order_paid(Tx& tx, const orders::OrderPaid& event) {
  pick_orders_.on_order_paid(tx, event);
}

void WarehouseService::on_short_decided(Tx& tx, const orders::PickShortDecided& event) {
  short_picks_.on_short_decided(tx, event);
}

}  // namespace bramble::warehouse
