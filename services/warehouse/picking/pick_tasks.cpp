#include "services/warehouse/picking/pick_tasks.h"

#include "base/error.h"
#include "base/goods_code.h"
#include "services/warehouse/picking/pick_rules.h"

namespace bramble::warehouse {

Task<ListTasksReply> PickTasks::list_tasks(Call call, ListTasksRequest request) {
  if (request.site) access_.check_works_at(call, *request.site);
  else request.site = access_.home_of(call);
  if (request.type && *request.type != "pick") throw_invalid("type", "not_allowed", "pick");
  auto status = request.status.value_or(TaskStatus::open);
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    if (!request.order_id)
      return ListTasksReply{picks_.list(tx, request, status), picks_.count(tx, request, status)};
    ListTasksReply reply{picks_.tasks_of(tx, *request.order_id), 0};
    std::erase_if(reply.items, [&](const PickTask& task) {
      return (request.status && task.status != status) || (request.site && task.site_id != *request.site);
    });
    reply.total = std::ssize(reply.items);
    return reply;
  });
}

Task<PickTask> PickTasks::get_task(Call call, TaskRequest request) {
  co_return co_await database_.read(call, request.task_id.text(),
                                    [&](Tx& tx) { return claims_.task_for(tx, call, request.task_id); });
}

Task<ScanReply> PickTasks::scan(Call call, ScanRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(),
                                        [&](Tx& tx) { return scan_in(tx, call, request); });
}

ScanReply PickTasks::scan_in(Tx& tx, const Call& call, const ScanRequest& request) const {
  auto task = claims_.task_for(tx, call, request.task_id);
  if (auto earlier = picks_.find_scan(tx, request.scan_id)) {
    auto repeated = request;
    repeated.at.reset();
    bool same = *earlier == repeated;
    return {same ? ScanOutcome::picked : ScanOutcome::scan_reused, std::move(task),
            same ? "" : "scan " + request.scan_id + " had other contents"};
  }
  auto decision = decide_scan(task, request);
  if (decision.outcome != ScanOutcome::task_closed && !claims_.may_work_on(tx, call, task, request.at))
    return {ScanOutcome::task_taken, std::move(task), "somebody else is working on the task"};
  if (decision.outcome != ScanOutcome::picked) return {decision.outcome, std::move(task), decision.detail};
  auto& line = task.lines[decision.line];
  goods_.pick(tx,
              {task.site_id, line.sku_id, line.bin, request.quantity, task.task_id.text(), call.caller.id});
  picks_.add_picked(tx, task.task_id, decision.line, request.quantity);
  picks_.add_scan(tx, request, call.caller.id, claims_.recorded_time(tx, request.at));
  line.picked += request.quantity;
  claims_.keep(tx, call, task);
  orders_.start_assembly(tx, task.order_id);
  return {ScanOutcome::picked, std::move(task), {}};
}

Task<ScanReply> PickTasks::complete(Call call, CompleteRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(),
                                        [&](Tx& tx) { return complete_in(tx, call, request); });
}

ScanReply PickTasks::complete_in(Tx& tx, const Call& call, const CompleteRequest& request) const {
  auto task = claims_.task_for(tx, call, request.task_id);
  if (task.status == TaskStatus::done && task.package_barcode == request.package_barcode)
    return repeat_completion(tx, std::move(task), request);
  if (task.status != TaskStatus::open)
    return {ScanOutcome::task_closed, std::move(task), "the task is not open"};
  if (!claims_.may_work_on(tx, call, task, request.at))
    return {ScanOutcome::task_taken, std::move(task), "somebody else is working on the task"};
  if (!is_all_picked(task))
    return {ScanOutcome::not_all_picked, std::move(task), "some lines are not picked yet"};
  // A worker who scans goods instead of the parcel's label would give many parcels the same code.
  bool is_goods = read_goods_code(request.package_barcode).is_gtin;
  if (is_goods || goods_.is_label(tx, request.package_barcode)) {
    return {ScanOutcome::package_is_goods, std::move(task),
            "the barcode is that of goods; a parcel needs a label of its own"};
  }
  if (picks_.is_package_taken(tx, request.package_barcode, task.task_id)) {
    return {ScanOutcome::package_taken, std::move(task), "the barcode is on another parcel"};
  }
  claims_.keep(tx, call, task);
  picks_.pack_task(tx, task, request.package_barcode, request.label.value_or(task.parcel->label));
  orders_.complete_if_packed(tx, task.order_id);
  return {ScanOutcome::picked, picks_.find_task(tx, task.task_id).value(), {}};
}

// A repeat that was sent before the label changed says nothing about the new one.
ScanReply PickTasks::repeat_completion(Tx& tx, PickTask task, const CompleteRequest& request) const {
  if (request.label == task.parcel->label) {
    picks_.put_label(tx, task.task_id, *request.label);
    task.parcel->label_outdated = false;
  }
  return {ScanOutcome::picked, std::move(task), {}};
}

}  // namespace bramble::warehouse
