// A worker's way through a pick task: scan each unit from its bin, then pack. A scan that is not exactly what
// a line asks for changes nothing; a repeated one answers the same.
#pragma once

#include "ports/database.h"
#include "services/warehouse/picking/pick_orders.h"
#include "services/warehouse/picking/task_claims.h"
#include "services/warehouse/staff/worker_access.h"
#include "services/warehouse/store/goods_store.h"
#include "services/warehouse/store/pick_store.h"

namespace bramble::warehouse {

class PickTasks {
 public:
  PickTasks(Database& database, const GoodsStore& goods, const PickStore& picks, const PickOrders& orders,
            const TaskClaims& claims, const WorkerAccess& access)
      : database_(database),
        goods_(goods),
        picks_(picks),
        orders_(orders),
        claims_(claims),
        access_(access) {}

  Task<ListTasksReply> list_tasks(Call call, ListTasksRequest request);
  Task<PickTask> get_task(Call call, TaskRequest request);
  Task<ScanReply> scan(Call call, ScanRequest request);
  Task<ScanReply> complete(Call call, CompleteRequest request);

 private:
  ScanReply scan_in(Tx& tx, const Call& call, const ScanRequest& request) const;
  ScanReply complete_in(Tx& tx, const Call& call, const CompleteRequest& request) const;
  ScanReply repeat_completion(Tx& tx, PickTask task, const CompleteRequest& request) const;

  Database& database_;
  const GoodsStore& goods_;
  const PickStore& picks_;
  const PickOrders& orders_;
  const TaskClaims& claims_;
  const WorkerAccess& access_;
};

}  // namespace bramble::warehouse
