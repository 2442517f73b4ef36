#include "testing/fakes/fake_warehouse.h"

namespace bramble {

Task<warehouse::CancelPickReply> FakeWarehouse::cancel_pick(Call, warehouse::CancelPickRequest) {
  auto guard = trouble.meet("cancel_pick");
  guard.after();
  if (undecided) co_return warehouse::CancelPickReply{warehouse::CancelPickOutcome::undecided};
  co_return warehouse::CancelPickReply{packed ? warehouse::CancelPickOutcome::packed
                                              : warehouse::CancelPickOutcome::accepted};
}

Task<warehouse::ListMovementsReply> FakeWarehouse::list_movements(Call, warehouse::ListMovementsRequest) {
  not_faked();
}

Task<warehouse::OrderWork> FakeWarehouse::inspect_order(Call, warehouse::OrderWorkRequest) {
  auto guard = trouble.meet("inspect_order");
  guard.after();
  co_return work;
}

Task<warehouse::FindPackageReply> FakeWarehouse::find_package(Call, warehouse::FindPackageRequest) {
  co_return warehouse::FindPackageReply{};
}

Task<warehouse::ListSitesReply> FakeWarehouse::list_sites(Call, warehouse::ListSitesRequest) {
  auto guard = trouble.meet("list_sites");
  guard.after();
  co_return warehouse::ListSitesReply{{{SiteId("site_1"), "A site", "fulfilment_centre", 0, 0}}};
}

Task<warehouse::UndoReceiptReply> FakeWarehouse::undo_receipt(Call, warehouse::UndoReceiptRequest) {
  not_faked();
}

Task<warehouse::StopUnitsReply> FakeWarehouse::stop_units(Call, warehouse::StopUnitsRequest request) {
  auto guard = trouble.meet("stop_units");
  if (!packed) stopped[request.stop_id] = request.units;
  guard.after();
  co_return warehouse::StopUnitsReply{packed ? warehouse::StopUnitsOutcome::packed
                                             : warehouse::StopUnitsOutcome::stopped};
}

}  // namespace bramble
