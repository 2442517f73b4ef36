#include "gateways/ops/names.h"

#include "base/error.h"
#include "gateways/ops/warehouse/task_view.h"

namespace bramble::ops {
namespace {

constexpr std::size_t most_goods = 1'000;

Task<void> add_sites(warehouse::WarehouseApi& warehouse, Call call, Names& names) {
  try {
    auto sites = co_await warehouse.list_sites(std::move(call), {});
    for (auto& site : sites.items) names.emplace(site.site_id.text(), std::move(site.title));
  } catch (const Error&) {
    // The runtime counts the failure.
  }
}

Task<void> add_point(pickup::PickupApi& pickup, Call call, PickupPointId id, Names& names) {
  if (id.empty()) co_return;
  try {
    auto point = co_await pickup.get(std::move(call), {id});
    names.emplace(id.text(), point.address.empty() ? point.title : point.title + ", " + point.address);
  } catch (const Error&) {
    // As above, or the point no longer exists.
  }
}

Task<void> add_goods(catalog::CatalogApi& catalog, Call call, std::set<SkuId> goods, Names& names) {
  if (goods.empty()) co_return;
  try {
    catalog::GetSkusRequest request;
    for (const auto& sku : goods) {
      if (request.sku_ids.size() < most_goods) request.sku_ids.push_back(sku);
    }
    auto found = co_await catalog.get_skus(std::move(call), std::move(request));
    for (const auto& sku : found.items) names.emplace(sku.sku_id.text(), name_of(sku));
  } catch (const Error&) {
    // As above.
  }
}

Task<void> add_staff(auth::AuthApi& auth, Call call, std::set<UserId> users, Names& names) {
  auto found = co_await names_of(auth, std::move(call), std::move(users));
  for (auto& [user, name] : found) names.emplace(user.text(), std::move(name));
}

}  // namespace

void Nameless::add_person(const std::string& id) {
  if (auto user = UserId::parse(id)) people.insert(*user);
}

Nameless nameless_in(const OrderEvidence& evidence) {
  Nameless nameless;
  nameless.sites = true;
  nameless.point = evidence.inspection.delivery.pickup_point_id;
  for (const auto& unit : evidence.inspection.units) nameless.goods.insert(unit.sku_id);
  for (const auto& work : evidence.work.tasks) {
    if (work.task.worker) nameless.people.insert(work.task.worker->user_id);
    for (const auto& scan : work.scans) nameless.add_person(scan.by_whom);
  }
  for (const auto& move : evidence.work.movements) nameless.add_person(move.by_whom);
  for (const auto& gap : evidence.work.shorts) nameless.add_person(gap.by_whom);
  for (const auto& action : evidence.inspection.actions) nameless.add_person(action.by_whom);
  return nameless;
}

Nameless nameless_in(const std::vector<warehouse::Movement>& movements) {
  Nameless nameless;
  nameless.sites = true;
  for (const auto& move : movements) {
    nameless.goods.insert(move.sku_id);
    nameless.add_person(move.by_whom);
  }
  return nameless;
}

std::string name_of(const catalog::SkuInfo& sku) {
  std::string name = sku.title;
  for (const auto& [option, value] : sku.options) name += ", " + value;
  return name;
}

Task<Names> names_for(NameSources sources, Call call, Nameless nameless) {
  Names sites, goods, point, people;
  std::vector<Task<void>> reads;
  if (nameless.sites) reads.push_back(add_sites(sources.warehouse, call, sites));
  reads.push_back(add_goods(sources.catalog, call, std::move(nameless.goods), goods));
  reads.push_back(add_point(sources.pickup, call, nameless.point, point));
  reads.push_back(add_staff(sources.auth, call, std::move(nameless.people), people));
  co_await all(std::move(reads));
  for (auto* others : {&goods, &point, &people}) sites.merge(*others);
  co_return sites;
}

}  // namespace bramble::ops
