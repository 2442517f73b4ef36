#include "gateways/ops/ops_gateway.h"

#include "base/error.h"
#include "base/goods_code.h"
#include "gateways/edge/precondition.h"
#include "gateways/edge/problem.h"
#include "services/warehouse/warehouse.json.h"

namespace bramble::ops {
namespace {

constexpr std::int64_t usual_limit = 25;

}  // namespace

// Who has the task is told by name, so that the two can talk.
Task<void> OpsGateway::refuse_taken(Call call, warehouse::PickTask task) {
  auto worker = task.worker.value_or(warehouse::TaskWorker{});
  auto names = co_await names_of(services_.auth, std::move(call), {worker.user_id});
  worker.name = names[worker.user_id];
  auto who = worker.name.empty() ? worker.user_id.text() : worker.name;
  throw edge::Problem(409, "task_taken", who + " is working on the task",
                      "\"worker\":" + warehouse::to_json(worker));
}

Task<warehouse::PickTask> OpsGateway::task_of(Call call, warehouse::ScanReply reply) {
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

Task<warehouse::PickTask> OpsGateway::task_of(Call call, warehouse::ShortReply reply) {
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

Task<auth::Tokens> OpsGateway::issue_tokens(edge::HttpCall& http, StaffTokenRequest request) {
  if (request.grant_type == "refresh_token")
    co_return co_await services_.auth.refresh(http.call,
                                              {request.refresh_token, "ops", edge::origin_of(http)});
  if (request.grant_type == "second_factor")
    co_return *(co_await prove(http, request.challenge_id, request.code, request.passkey)).tokens;
  co_return *(co_await sign_in(http, request.login, request.password, false)).tokens;
}

Task<warehouse::ListSitesReply> OpsGateway::sites(edge::HttpCall& http, Nothing) {
  co_return co_await services_.warehouse.list_sites(http.call, {});
}

Task<StockPage> OpsGateway::stock(edge::HttpCall& http, StockQuery request) {
  StockPage page;
  page.page = request.page.value_or(1);
  page.limit = request.limit.value_or(usual_limit);
  auto found = co_await services_.warehouse.list_stock(http.call,
                                                       {request.sku_id, request.site, page.page, page.limit});
  page.items = std::move(found.items);
  page.total = found.total;
  co_return page;
}

// A label bears the barcode of its goods, or their SKU where they have none.
Task<GoodsPage> OpsGateway::goods(edge::HttpCall& http, GoodsQuery request) {
  GoodsPage page;
  auto sku = request.sku_id;
  if (!sku && !request.barcode) throw_invalid("barcode", "required", "a barcode or a sku_id");
  if (!sku) {
    auto found = co_await services_.catalog.find_by_barcode(http.call, {*request.barcode});
    if (found.sku) {
      page.items.push_back(std::move(*found.sku));
      co_return page;
    }
    sku = SkuId::parse(read_goods_code(*request.barcode).key);
  }
  if (!sku) co_return page;
  auto found = co_await services_.catalog.get_skus(http.call, {{*sku}});
  page.items = std::move(found.items);
  co_return page;
}

Task<TasksPage> OpsGateway::tasks(edge::HttpCall& http, TasksQuery request) {
  TasksPage page;
  page.page = request.page.value_or(1);
  page.limit = request.limit.value_or(usual_limit);
  auto found = co_await services_.warehouse.list_tasks(http.call, {request.site, request.type, request.status,
                                                                   request.order_id, page.page, page.limit});
  page.items = co_await shown_tasks(task_faces(), http.call, std::move(found.items));
  page.total = found.total;
  co_return page;
}

Task<ShownTask> OpsGateway::shown(Call call, warehouse::PickTask task) {
  std::vector<warehouse::PickTask> tasks;
  tasks.push_back(std::move(task));
  co_return std::move((co_await shown_tasks(task_faces(), std::move(call), std::move(tasks))).front());
}

Task<ShownTask> OpsGateway::task(edge::HttpCall& http, TaskQuery request) {
  auto task = co_await services_.warehouse.get_task(http.call, {request.task_id});
  co_return co_await shown(http.call, std::move(task));
}

Task<ShownTask> OpsGateway::scan(edge::HttpCall& http, warehouse::ScanRequest request) {
  auto task = co_await task_of(http.call, co_await services_.warehouse.scan(http.call, std::move(request)));
  co_return co_await shown(http.call, std::move(task));
}

Task<ShownTask> OpsGateway::report_short(edge::HttpCall& http, warehouse::ShortRequest request) {
  auto task =
      co_await task_of(http.call, co_await services_.warehouse.report_short(http.call, std::move(request)));
  co_return co_await shown(http.call, std::move(task));
}

Task<ShownTask> OpsGateway::complete(edge::HttpCall& http, warehouse::CompleteRequest request) {
  auto task =
      co_await task_of(http.call, co_await services_.warehouse.complete(http.call, std::move(request)));
  co_return co_await shown(http.call, std::move(task));
}

Task<ShownTask> OpsGateway::take_task(edge::HttpCall& http, warehouse::TakeTaskRequest request) {
  auto task =
      co_await task_of(http.call, co_await services_.warehouse.take_task(http.call, std::move(request)));
  co_return co_await shown(http.call, std::move(task));
}

Task<ShownTask> OpsGateway::release_task(edge::HttpCall& http, TaskQuery request) {
  auto task =
      co_await task_of(http.call, co_await services_.warehouse.release_task(http.call, {request.task_id}));
  co_return co_await shown(http.call, std::move(task));
}

Task<warehouse::Receipt> OpsGateway::receive(edge::HttpCall& http, warehouse::ReceiveRequest request) {
  co_return co_await services_.warehouse.receive(http.call, std::move(request));
}

Task<warehouse::Receipt> OpsGateway::undo_receipt(edge::HttpCall& http,
                                                  warehouse::UndoReceiptRequest request) {
  auto reply = co_await services_.warehouse.undo_receipt(http.call, std::move(request));
  if (reply.outcome == warehouse::UndoOutcome::goods_gone)
    throw edge::Problem(409, "goods_gone", reply.detail);
  if (reply.outcome == warehouse::UndoOutcome::pending) http.status = 202;
  co_return std::move(reply.receipt);
}

Task<warehouse::SiteBins> OpsGateway::bins(edge::HttpCall& http, warehouse::SiteBinsRequest request) {
  auto bins = co_await services_.warehouse.list_bins(http.call, std::move(request));
  http.headers.add("ETag", edge::etag_of(bins.version));
  co_return bins;
}

Task<warehouse::SiteBins> OpsGateway::put_bins(edge::HttpCall& http, BinPlans request) {
  warehouse::PutBinsRequest change{request.site_id, std::move(request.plans),
                                   edge::versions_in_if_match(http.request->headers.get("If-Match"))};
  auto reply = co_await services_.warehouse.put_bins(http.call, std::move(change));
  http.headers.add("ETag", edge::etag_of(reply.bins.version));
  if (reply.outcome == warehouse::PutBinsOutcome::changed)
    throw edge::Problem(412, "bins_changed", "Somebody else has changed the bins. Read them again.");
  co_return std::move(reply.bins);
}

Task<HealthPage> OpsGateway::health(edge::HttpCall&, Nothing) {
  HealthPage page{true, {}};
  for (auto& line : host_.health()) {
    page.ok = page.ok && line.ok;
    page.items.push_back({line.part, line.ok, line.detail, line.since});
  }
  co_return page;
}

Task<HttpResponse> OpsGateway::openapi(edge::HttpCall&) {
  HttpResponse response;
  response.headers.add("Content-Type", "application/json");
  response.body = ops_openapi();
  co_return response;
}

}  // namespace bramble::ops
