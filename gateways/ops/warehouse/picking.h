// Pick tasks as workers do them: look, take, scan, report what is missing, pack.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/services.h"
#include "gateways/ops/warehouse/task_view.h"

namespace bramble::ops {

class Picking {
 public:
  explicit Picking(const Services& services) : services_(services) {}

  Task<TasksPage> tasks(edge::HttpCall& http, TasksQuery request);
  Task<TaskView> task(edge::HttpCall& http, TaskQuery request);
  Task<TaskView> scan(edge::HttpCall& http, warehouse::ScanRequest request);
  Task<TaskView> report_short(edge::HttpCall& http, warehouse::ShortRequest request);
  Task<TaskView> complete(edge::HttpCall& http, warehouse::CompleteRequest request);
  Task<TaskView> take_task(edge::HttpCall& http, warehouse::TakeTaskRequest request);
  Task<TaskView> release_task(edge::HttpCall& http, TaskQuery request);

 private:
  Task<TaskView> shown(Call call, warehouse::PickTask task);
  Task<warehouse::PickTask> task_of(Call call, warehouse::ScanReply reply);
  Task<warehouse::PickTask> task_of(Call call, warehouse::ShortReply reply);
  Task<void> refuse_taken(Call call, warehouse::PickTask task);
  TaskLabels task_labels() { return {services_.catalog, services_.auth, services_.pickup}; }

  Services services_;
};

}  // namespace bramble::ops
