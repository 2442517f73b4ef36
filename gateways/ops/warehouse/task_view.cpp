#include "gateways/ops/warehouse/task_view.h"

#include <map>
#include <set>

#include "base/error.h"

namespace bramble::ops {
namespace {

constexpr std::size_t most_skus_a_call = 1'000;
constexpr std::size_t most_names = 200;

using Faces = std::map<SkuId, catalog::SkuInfo>;

std::vector<catalog::GetSkusRequest> questions(const std::vector<warehouse::PickTask>& tasks) {
  std::set<SkuId> wanted;
  for (const auto& task : tasks) {
    for (const auto& line : task.lines) wanted.insert(line.sku_id);
  }
  std::vector<catalog::GetSkusRequest> requests;
  for (const auto& sku : wanted) {
    if (requests.empty() || requests.back().sku_ids.size() == most_skus_a_call) requests.emplace_back();
    requests.back().sku_ids.push_back(sku);
  }
  return requests;
}

Task<Faces> faces_of(catalog::CatalogApi& catalog, Call call, std::vector<catalog::GetSkusRequest> requests) {
  Faces faces;
  try {
    for (auto& request : requests) {
      auto reply = co_await catalog.get_skus(call, std::move(request));
      for (auto& sku : reply.items) faces.emplace(sku.sku_id, std::move(sku));
    }
  } catch (const Error&) {
    // The runtime counts the failure; the tasks are shown without labels.
  }
  co_return faces;
}

using Places = std::map<PickupPointId, Destination>;

Task<void> look_up(pickup::PickupApi& pickup, Call call, Destination& place) {
  try {
    auto point = co_await pickup.get(std::move(call), {place.pickup_point_id});
    place.title = std::move(point.title);
    place.address = std::move(point.address);
  } catch (const Error&) {
    // The label shows at least the id of the point.
  }
}

Task<Places> places_of(pickup::PickupApi& pickup, Call call, const std::vector<warehouse::PickTask>& tasks) {
  Places places;
  for (const auto& task : tasks) {
    if (task.pickup_point_id) places[*task.pickup_point_id].pickup_point_id = *task.pickup_point_id;
  }
  std::vector<Task<void>> look_ups;
  for (auto& [id, place] : places) look_ups.push_back(look_up(pickup, call, place));
  co_await all(std::move(look_ups));
  co_return places;
}

std::set<UserId> workers_of(const std::vector<warehouse::PickTask>& tasks) {
  std::set<UserId> workers;
  for (const auto& task : tasks) {
    if (task.worker) workers.insert(task.worker->user_id);
  }
  return workers;
}

TaskView shown(warehouse::PickTask task, const Faces& faces) {
  TaskView shown;
  shown.task_id = task.task_id;
  shown.type = std::move(task.type);
  shown.site_id = task.site_id;
  shown.status = task.status;
  shown.order_id = task.order_id;
  shown.created_at = task.created_at;
  shown.package_barcode = std::move(task.package_barcode);
  shown.worker = std::move(task.worker);
  shown.parcel = task.parcel;
  for (auto& line : task.lines) {
    TaskLineView face{
        line.sku_id, std::move(line.barcode), std::move(line.bin), line.quantity, line.picked, {}, {}, {},
        line.missing};
    if (auto found = faces.find(line.sku_id); found != faces.end()) {
      face.title = found->second.title;
      face.options = found->second.options;
      face.image = found->second.image;
    }
    shown.lines.push_back(std::move(face));
  }
  return shown;
}

}  // namespace

Task<std::map<UserId, std::string>> names_of(auth::AuthApi& auth, Call call, std::set<UserId> users) {
  std::map<UserId, std::string> names;
  if (users.empty()) co_return names;
  try {
    auth::StaffNamesRequest request;
    for (const auto& user : users) {
      if (request.user_ids.size() < most_names) request.user_ids.push_back(user);
    }
    auto reply = co_await auth.staff_names(std::move(call), std::move(request));
    for (auto& item : reply.items) names.emplace(item.user_id, std::move(item.name));
  } catch (const Error&) {
    // The runtime counts the failure; workers are shown by their ids.
  }
  co_return names;
}

Task<std::vector<TaskView>> task_views(TaskLabels sources, Call call,
                                       std::vector<warehouse::PickTask> tasks) {
  auto faces = co_await faces_of(sources.catalog, call, questions(tasks));
  auto places = co_await places_of(sources.pickup, call, tasks);
  auto names = co_await names_of(sources.auth, call, workers_of(tasks));
  std::vector<TaskView> all;
  all.reserve(tasks.size());
  for (auto& task : tasks) {
    auto place = task.pickup_point_id ? places.find(*task.pickup_point_id) : places.end();
    all.push_back(shown(std::move(task), faces));
    if (place != places.end()) all.back().destination = place->second;
    if (auto& worker = all.back().worker) worker->name = names[worker->user_id];
  }
  co_return all;
}

}  // namespace bramble::ops
