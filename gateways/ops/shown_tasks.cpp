#include "gateways/ops/shown_tasks.h"

#include <map>
#include <set>

#include "base/error.h"

namespace bramble::ops {
namespace {

constexpr std::size_t most_skus_a_call = 1'000;

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
    // Counted by the runtime; the tasks are shown without.
  }
  co_return faces;
}

ShownTask shown(warehouse::PickTask task, const Faces& faces) {
  ShownTask shown;
  shown.task_id = task.task_id;
  shown.type = std::move(task.type);
  shown.site_id = task.site_id;
  shown.status = task.status;
  shown.order_id = task.order_id;
  shown.created_at = task.created_at;
  shown.package_barcode = std::move(task.package_barcode);
  for (auto& line : task.lines) {
    ShownLine face{
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

Task<std::vector<ShownTask>> shown_tasks(catalog::CatalogApi& catalog, Call call,
                                         std::vector<warehouse::PickTask> tasks) {
  auto faces = co_await faces_of(catalog, std::move(call), questions(tasks));
  std::vector<ShownTask> all;
  all.reserve(tasks.size());
  for (auto& task : tasks) all.push_back(shown(std::move(task), faces));
  co_return all;
}

}  // namespace bramble::ops
