#include "services/warehouse/picking/task_claims.h"

#include "base/error.h"
#include "services/warehouse/picking/pick_rules.h"

namespace bramble::warehouse {
namespace {

bool is_free_for(const PickTask& task, const Caller& caller) {
  return !task.worker || task.worker->user_id.text() == caller.id;
}

constexpr const char* taken = "somebody else is working on the task";

}  // namespace

PickTask TaskClaims::task_for(Tx& tx, const Call& call, const TaskId& id) const {
  auto task = picks_.find_task(tx, id);
  if (!task) throw Error(ErrorCode::not_found, "task_not_found", "there is no such task");
  access_.check_works_at(call, task->site_id);
  return std::move(*task);
}

// Work that was done before somebody else took the task counts: the goods are in the bag.
bool TaskClaims::may_work_on(Tx& tx, const Call& call, const PickTask& task, std::optional<Time> at) const {
  if (is_free_for(task, call.caller)) return true;
  bool plausible = at == recorded_time(tx, at);
  return at && plausible && picks_.was_claimed(tx, task.task_id, call.caller.id, *at);
}

void TaskClaims::keep(Tx& tx, const Call& call, PickTask& task) const {
  if (!is_free_for(task, call.caller)) return;
  picks_.claim(tx, task.task_id, call.caller.id);
  auto since = task.worker ? task.worker->since : tx.now();
  task.worker = TaskWorker{UserId(call.caller.id), {}, since, tx.now()};
}

std::optional<Time> TaskClaims::recorded_time(Tx& tx, std::optional<Time> at) const {
  return bounded_device_time(at, tx.now(), late_work_for_);
}

Task<ScanReply> TaskClaims::take_task(Call call, TakeTaskRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(), [&](Tx& tx) -> ScanReply {
    auto task = task_for(tx, call, request.task_id);
    if (request.take_over && !is_supervisor(call.caller)) {
      throw Error(ErrorCode::forbidden, "not_a_supervisor", "only a supervisor takes a task from its worker");
    }
    if (task.status != TaskStatus::open)
      return {ScanOutcome::task_closed, std::move(task), "the task is not open"};
    if (!is_free_for(task, call.caller)) {
      if (!request.take_over) return {ScanOutcome::task_taken, std::move(task), taken};
      task.worker.reset();
    }
    keep(tx, call, task);
    return {ScanOutcome::picked, std::move(task), {}};
  });
}

Task<ScanReply> TaskClaims::release_task(Call call, TaskRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(), [&](Tx& tx) -> ScanReply {
    auto task = task_for(tx, call, request.task_id);
    if (task.status != TaskStatus::open)
      return {ScanOutcome::task_closed, std::move(task), "the task is not open"};
    if (!is_free_for(task, call.caller) && !is_supervisor(call.caller))
      return {ScanOutcome::task_taken, std::move(task), taken};
    picks_.end_claim(tx, task.task_id);
    task.worker.reset();
    return {ScanOutcome::picked, std::move(task), {}};
  });
}

}  // namespace bramble::warehouse
