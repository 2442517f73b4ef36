// Whose a task is. The first scan takes it, or a worker takes it before; it is given back, taken over by a
// supervisor, or nobody's again when its worker was not heard of for long. Who has it is decided where the
// deed is written, in its transaction.
#include "base/error.h"
#include "services/warehouse/warehouse_service.h"

namespace bramble::warehouse {
namespace {

bool is_supervisor(const Caller& caller) {
  return caller.kind == CallerKind::system || caller.has_role("supervisor") || caller.has_role("admin");
}

bool is_of(const PickTask& task, const Caller& caller) {
  return !task.worker || task.worker->user_id.text() == caller.id;
}

constexpr const char* taken = "somebody else is working on the task";

}  // namespace

// What was done before somebody else took the task was rightly done, and the goods are in the bag.
bool WarehouseService::may_work_on(Tx& tx, const Call& call, const PickTask& task,
                                   std::optional<Time> at) const {
  if (is_of(task, call.caller)) return true;
  bool plausible = at == bounded_device_time(at, tx.now(), settings_.late_scans_for);
  return at && plausible && picks_.was_claimed(tx, task.task_id, call.caller.id, *at);
}

// Late deeds of who had it before leave it with who has it now.
void WarehouseService::keep_claim(Tx& tx, const Call& call, PickTask& task) const {
  if (!is_of(task, call.caller)) return;
  picks_.claim(tx, task.task_id, call.caller.id);
  auto since = task.worker ? task.worker->since : tx.now();
  task.worker = TaskWorker{UserId(call.caller.id), {}, since, tx.now()};
}

Task<ScanReply> WarehouseService::take_task(Call call, TakeTaskRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(), [&](Tx& tx) -> ScanReply {
    auto task = task_for(tx, call, request.task_id);
    if (request.take_over && !is_supervisor(call.caller)) {
      throw Error(ErrorCode::forbidden, "not_a_supervisor", "only a supervisor takes a task from its worker");
    }
    if (task.status != TaskStatus::open)
      return {ScanOutcome::task_closed, std::move(task), "the task is not open"};
    if (!is_of(task, call.caller)) {
      if (!request.take_over) return {ScanOutcome::task_taken, std::move(task), taken};
      task.worker.reset();
    }
    keep_claim(tx, call, task);
    return {ScanOutcome::picked, std::move(task), {}};
  });
}

Task<ScanReply> WarehouseService::release_task(Call call, TaskRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(), [&](Tx& tx) -> ScanReply {
    auto task = task_for(tx, call, request.task_id);
    if (task.status != TaskStatus::open)
      return {ScanOutcome::task_closed, std::move(task), "the task is not open"};
    if (!is_of(task, call.caller) && !is_supervisor(call.caller))
      return {ScanOutcome::task_taken, std::move(task), taken};
    picks_.end_claim(tx, task.task_id);
    task.worker.reset();
    return {ScanOutcome::picked, std::move(task), {}};
  });
}

}  // namespace bramble::warehouse
