#include "gateways/ops/warehouse/picking.h"

#include "base/error.h"
#include "gateways/edge/paging.h"
#include "gateways/edge/problem.h"
#include "services/warehouse/warehouse.json.h"

namespace bramble::ops {
// The answer names the worker who has the task, so that the two can talk.
Task<void> Picking::refuse_taken(Call call, warehouse::PickTask task) {
  auto worker = task.worker.value_or(warehouse::TaskWorker{});
  auto names = co_await names_of(services_.auth, std::move(call), {worker.user_id});
  worker.name = names[worker.user_id];
  auto who = worker.name.empty() ? worker.user_id.text() : worker.name;
  throw edge::Problem(409, "task_taken", who + " is working on the task",
                      "\"worker\":" + warehouse::to_json(worker));
}

Task<warehouse::PickTask> Picking::task_of(Call call, warehouse::ScanReply reply) {
  using Outcome = warehouse::ScanOutcome;
  switch (reply.outcome) {
    case Outcome::picked: co_return std::move(reply.task);
    case Outcome::wrong_goods: throw edge::Problem(409, "wrong_goods", reply.detail);
    case Outcome::task_closed: throw edge::Problem(409, "task_closed", reply.detail);
    case Outcome::not_all_picked: throw edge::Problem(409, "not_all_picked", reply.detail);
    case Outcome::package_taken: throw edge::Problem(409, "package_taken", reply.detail);
    case Outcome::package_is_goods: throw edge::Problem(409, "package_is_goods", reply.detail);
    case Outcome::scan_reused: throw edge::Problem(409, "scan_reused", reply.detail);
    case Outcome::task_taken: co_await refuse_taken(std::move(call), std::move(reply.task));
  }
  throw Error(ErrorCode::internal, "unknown_outcome", "a scan had an unknown outcome");
}

Task<warehouse::PickTask> Picking::task_of(Call call, warehouse::ShortReply reply) {
  using Outcome = warehouse::ShortOutcome;
  switch (reply.outcome) {
    case Outcome::recorded: co_return std::move(reply.task);
    case Outcome::wrong_goods: throw edge::Problem(409, "wrong_goods", reply.detail);
    case Outcome::task_closed: throw edge::Problem(409, "task_closed", reply.detail);
    case Outcome::not_left: throw edge::Problem(409, "not_left", reply.detail);
    case Outcome::short_reused: throw edge::Problem(409, "short_reused", reply.detail);
    case Outcome::task_taken: co_await refuse_taken(std::move(call), std::move(reply.task));
  }
  throw Error(ErrorCode::internal, "unknown_outcome", "a short pick had an unknown outcome");
}

Task<TaskView> Picking::shown(Call call, warehouse::PickTask task) {
  std::vector<warehouse::PickTask> tasks;
  tasks.push_back(std::move(task));
  co_return std::move((co_await task_views(task_labels(), std::move(call), std::move(tasks))).front());
}

Task<TasksPage> Picking::tasks(edge::HttpCall& http, TasksQuery request) {
  TasksPage page;
  page.page = request.page.value_or(1);
  page.limit = request.limit.value_or(edge::usual_limit);
  auto found = co_await services_.warehouse.list_tasks(http.call, {request.site, request.type, request.status,
                                                                   request.order_id, page.page, page.limit});
  page.items = co_await task_views(task_labels(), http.call, std::move(found.items));
  page.total = found.total;
  co_return page;
}

Task<TaskView> Picking::task(edge::HttpCall& http, TaskQuery request) {
  auto task = co_await services_.warehouse.get_task(http.call, {request.task_id});
  co_return co_await shown(http.call, std::move(task));
}

Task<TaskView> Picking::scan(edge::HttpCall& http, warehouse::ScanRequest request) {
  auto task = co_await task_of(http.call, co_await services_.warehouse.scan(http.call, std::move(request)));
  co_return co_await shown(http.call, std::move(task));
}

Task<TaskView> Picking::report_short(edge::HttpCall& http, warehouse::ShortRequest request) {
  auto task =
      co_await task_of(http.call, co_await services_.warehouse.report_short(http.call, std::move(request)));
  co_return co_await shown(http.call, std::move(task));
}

Task<TaskView> Picking::complete(edge::HttpCall& http, warehouse::CompleteRequest request) {
  auto task =
      co_await task_of(http.call, co_await services_.warehouse.complete(http.call, std::move(request)));
  co_return co_await shown(http.call, std::move(task));
}

Task<TaskView> Picking::take_task(edge::HttpCall& http, warehouse::TakeTaskRequest request) {
  auto task =
      co_await task_of(http.call, co_await services_.warehouse.take_task(http.call, std::move(request)));
  co_return co_await shown(http.call, std::move(task));
}

Task<TaskView> Picking::release_task(edge::HttpCall& http, TaskQuery request) {
  auto task =
      co_await task_of(http.call, co_await services_.warehouse.release_task(http.call, {request.task_id}));
  co_return co_await shown(http.call, std::move(task));
}

}  // namespace bramble::ops
