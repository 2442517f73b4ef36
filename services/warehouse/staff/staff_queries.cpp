#include "services/warehouse/staff/staff_queries.h"

#include "services/warehouse/staff/worker_access.h"

namespace bramble::warehouse {

Task<ListStockReply> StaffQueries::list_stock(Call call, ListStockRequest request) {
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    return ListStockReply{goods_.stock(tx, request), goods_.count_stock(tx, request)};
  });
}

Task<ListMovementsReply> StaffQueries::list_movements(Call call, ListMovementsRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, "", [&](Tx& tx) { return queries_.movements(tx, request); });
}

Task<OrderWork> StaffQueries::inspect_order(Call call, OrderWorkRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, request.order_id.text(), [&](Tx& tx) {
    OrderWork work;
    work.known = picks_.find_order(tx, request.order_id).has_value();
    work.shorts = queries_.shorts_of(tx, request.order_id);
    for (auto& task : picks_.tasks_of(tx, request.order_id)) {
      auto moved = queries_.movements_of(tx, task);
      work.movements.insert(work.movements.end(), moved.begin(), moved.end());
      auto scans = queries_.scans_of(tx, task.task_id);
      work.tasks.push_back({std::move(task), std::move(scans)});
    }
    return work;
  });
}

Task<FindPackageReply> StaffQueries::find_package(Call call, FindPackageRequest request) {
  check_is_staff(call);
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    return FindPackageReply{queries_.order_of_package(tx, request.package_barcode)};
  });
}

}  // namespace bramble::warehouse
