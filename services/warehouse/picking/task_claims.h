// Which worker has a pick task. The first scan takes it, or a worker takes it before; the worker gives it
// back, a supervisor takes it over, or nobody has it again when its worker was not heard of for long. The
// transaction that writes the work decides it.
#pragma once

#include "ports/database.h"
#include "services/warehouse/staff/worker_access.h"
#include "services/warehouse/store/pick_store.h"

namespace bramble::warehouse {

class TaskClaims {
 public:
  // `late_work_for`: how old a terminal's unsent work may be.
  TaskClaims(Database& database, const PickStore& picks, const WorkerAccess& access, Duration late_work_for)
      : database_(database), picks_(picks), access_(access), late_work_for_(late_work_for) {}

  Task<ScanReply> take_task(Call call, TakeTaskRequest request);
  Task<ScanReply> release_task(Call call, TaskRequest request);

  // Throws Error not_found, or forbidden at another site.
  PickTask task_for(Tx& tx, const Call& call, const TaskId& task) const;
  // Whether the task is the caller's, or was when they did the work: `at`, by their device's clock.
  bool may_work_on(Tx& tx, const Call& call, const PickTask& task, std::optional<Time> at) const;
  // The task is the caller's from now on, unless somebody else has it: late work does not take it back.
  void keep(Tx& tx, const Call& call, PickTask& task) const;
  // A device's time as it is recorded: within what a device can know.
  std::optional<Time> recorded_time(Tx& tx, std::optional<Time> at) const;

 private:
  Database& database_;
  const PickStore& picks_;
  const WorkerAccess& access_;
  Duration late_work_for_;
};

}  // namespace bramble::warehouse
