// What staff who look into an order or a SKU are told of the work on it.
#include "base/error.h"
#include "services/warehouse/warehouse_service.h"

namespace bramble::warehouse {
namespace {

void check_is_staff(const Call& call) {
  if (call.caller.kind == CallerKind::staff || call.caller.kind == CallerKind::system) return;
  throw Error(ErrorCode::forbidden, "not_staff", "only staff may do this");
}

}  // namespace

Task<ListMovementsReply> WarehouseService::list_movements(Call call, ListMovementsRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, "", [&](Tx& tx) { return inspection_.movements(tx, request); });
}

Task<OrderWork> WarehouseService::inspect_order(Call call, OrderWorkRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, request.order_id.text(), [&](Tx& tx) {
    OrderWork work;
    work.known = picks_.find_order(tx, request.order_id).has_value();
    work.shorts = inspection_.shorts_of(tx, request.order_id);
    for (auto& task : picks_.tasks_of(tx, request.order_id)) {
      auto moved = inspection_.movements_of(tx, task);
      work.movements.insert(work.movements.end(), moved.begin(), moved.end());
      auto scans = inspection_.scans_of(tx, task.task_id);
      work.tasks.push_back({std::move(task), std::move(scans)});
    }
    return work;
  });
}

Task<FindPackageReply> WarehouseService::find_package(Call call, FindPackageRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    return FindPackageReply{inspection_.order_of_package(tx, request.package_barcode)};
  });
}

}  // namespace bramble::warehouse
