// A warehouse that grants or refuses a cancel as the test says.
#pragma once

#include "services/warehouse/warehouse.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeWarehouse final : public warehouse::WarehouseApi {
 public:
  Task<warehouse::CancelPickReply> cancel_pick(Call, warehouse::CancelPickRequest) override {
    auto guard = trouble.meet("cancel_pick");
    guard.after();
    if (undecided) co_return warehouse::CancelPickReply{warehouse::CancelPickOutcome::undecided};
    co_return warehouse::CancelPickReply{packed ? warehouse::CancelPickOutcome::packed
                                                : warehouse::CancelPickOutcome::accepted};
  }
  Task<warehouse::ListMovementsReply> list_movements(Call, warehouse::ListMovementsRequest) override {
    not_faked();
  }
  Task<warehouse::OrderWork> inspect_order(Call, warehouse::OrderWorkRequest) override {
    auto guard = trouble.meet("inspect_order");
    guard.after();
    co_return work;
  }
  Task<warehouse::FindPackageReply> find_package(Call, warehouse::FindPackageRequest) override {
    not_faked();
  }
  Task<warehouse::ListSitesReply> list_sites(Call, warehouse::ListSitesRequest) override { not_faked(); }
  Task<warehouse::Site> open_site(Call, warehouse::OpenSiteRequest) override { not_faked(); }
  Task<warehouse::ListStockReply> list_stock(Call, warehouse::ListStockRequest) override { not_faked(); }
  Task<warehouse::Receipt> receive(Call, warehouse::ReceiveRequest) override { not_faked(); }
  Task<warehouse::ListTasksReply> list_tasks(Call, warehouse::ListTasksRequest) override { not_faked(); }
  Task<warehouse::PickTask> get_task(Call, warehouse::TaskRequest) override { not_faked(); }
  Task<warehouse::ScanReply> scan(Call, warehouse::ScanRequest) override { not_faked(); }
  Task<warehouse::ShortReply> report_short(Call, warehouse::ShortRequest) override { not_faked(); }
  Task<warehouse::ScanReply> complete(Call, warehouse::CompleteRequest) override { not_faked(); }

  bool packed = false;
  bool undecided = false;  // a short pick waits for its decision
  warehouse::OrderWork work;
  Trouble trouble;
};

}  // namespace bramble
