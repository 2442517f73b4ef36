#include "gateways/ops/names.h"

#include "base/error.h"
#include "gateways/ops/shown_tasks.h"

namespace bramble::ops {
namespace {

using Names = std::map<std::string, std::string>;

Task<void> add_sites(warehouse::WarehouseApi& warehouse, Call call, Names& names) {
  try {
    auto sites = co_await warehouse.list_sites(std::move(call), {});
    for (auto& site : sites.items) names.emplace(site.site_id.text(), std::move(site.title));
  } catch (const Error&) {
    // Counted by the runtime.
  }
}

Task<void> add_point(pickup::PickupApi& pickup, Call call, PickupPointId id, Names& names) {
  if (id.empty()) co_return;
  try {
    auto point = co_await pickup.get(std::move(call), {id});
    names.emplace(id.text(), point.address.empty() ? point.title : point.title + ", " + point.address);
  } catch (const Error&) {
    // As above; or the point is gone.
  }
}

Task<void> add_staff(auth::AuthApi& auth, Call call, std::set<UserId> users, Names& names) {
  auto found = co_await names_of(auth, std::move(call), std::move(users));
  for (auto& [user, name] : found) names.emplace(user.text(), std::move(name));
}

std::set<UserId> staff_in(const OrderFacts& facts) {
  std::set<UserId> staff;
  auto add = [&](const std::string& who) {
    if (auto user = UserId::parse(who)) staff.insert(*user);
  };
  for (const auto& work : facts.work.tasks) {
    if (work.task.worker) staff.insert(work.task.worker->user_id);
    for (const auto& scan : work.scans) add(scan.by_whom);
  }
  for (const auto& move : facts.work.movements) add(move.by_whom);
  for (const auto& gap : facts.work.shorts) add(gap.by_whom);
  for (const auto& action : facts.inspection.actions) add(action.by_whom);
  return staff;
}

}  // namespace

Task<std::map<std::string, std::string>> names_in(DossierSources sources, Call call,
                                                  const OrderFacts& facts) {
  Names sites, point, staff;
  std::vector<Task<void>> parts;
  parts.push_back(add_sites(sources.warehouse, call, sites));
  parts.push_back(add_point(sources.pickup, call, facts.inspection.delivery.pickup_point_id, point));
  parts.push_back(add_staff(sources.auth, call, staff_in(facts), staff));
  co_await all(std::move(parts));
  sites.merge(point);
  sites.merge(staff);
  co_return sites;
}

}  // namespace bramble::ops
