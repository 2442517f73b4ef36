// A warehouse that grants or refuses a cancel as the test says.
#pragma once

#include <map>

#include "services/warehouse/warehouse.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeWarehouse final : public warehouse::WarehouseApi {
 public:
  Task<warehouse::CancelPickReply> cancel_pick(Call, warehouse::CancelPickRequest) override;
  Task<warehouse::ListMovementsReply> list_movements(Call, warehouse::ListMovementsRequest) override;
  Task<warehouse::OrderWork> inspect_order(Call, warehouse::OrderWorkRequest) override;
  Task<warehouse::FindPackageReply> find_package(Call, warehouse::FindPackageRequest) override;
  Task<warehouse::ListSitesReply> list_sites(Call, warehouse::ListSitesRequest) override;
  Task<warehouse::Site> open_site(Call, warehouse::OpenSiteRequest) override { not_faked(); }
  Task<warehouse::ListStockReply> list_stock(Call, warehouse::ListStockRequest) override { not_faked(); }
  Task<warehouse::Receipt> receive(Call, warehouse::ReceiveRequest) override { not_faked(); }
  Task<warehouse::ListTasksReply> list_tasks(Call, warehouse::ListTasksRequest) override { not_faked(); }
  Task<warehouse::PickTask> get_task(Call, warehouse::TaskRequest) override { not_faked(); }
  Task<warehouse::UndoReceiptReply> undo_receipt(Call, warehouse::UndoReceiptRequest) override;
  Task<warehouse::SiteBins> list_bins(Call, warehouse::SiteBinsRequest) override { not_faked(); }
  Task<warehouse::PutBinsReply> put_bins(Call, warehouse::PutBinsRequest) override { not_faked(); }
  Task<warehouse::StopUnitsReply> stop_units(Call, warehouse::StopUnitsRequest request) override;
  Task<warehouse::ScanReply> take_task(Call, warehouse::TakeTaskRequest) override { not_faked(); }
  Task<warehouse::ScanReply> release_task(Call, warehouse::TaskRequest) override { not_faked(); }
  Task<warehouse::ScanReply> scan(Call, warehouse::ScanRequest) override { not_faked(); }
  Task<warehouse::ShortReply> report_short(Call, warehouse::ShortRequest) override { not_faked(); }
  Task<warehouse::ScanReply> complete(Call, warehouse::CompleteRequest) override { not_faked(); }

  bool packed = false;
  bool undecided = false;  // a short pick waits for its decision
  std::map<std::string, std::vector<warehouse::UnitsOf>> stopped;
  warehouse::OrderWork work;
  Trouble trouble;
};

}  // namespace bramble
