// Names of sites, goods, pickup points and staff, for pages that hold only ids.
#pragma once

#include <map>
#include <set>
#include <string>

#include "gateways/ops/console/diagnosis.h"
#include "gateways/ops/services.h"

namespace bramble::ops {

using Names = std::map<std::string, std::string>;

struct NameSources {
  catalog::CatalogApi& catalog;
  warehouse::WarehouseApi& warehouse;
  pickup::PickupApi& pickup;
  auth::AuthApi& auth;
};

inline NameSources name_sources_of(const Services& services) {
  return {services.catalog, services.warehouse, services.pickup, services.auth};
}

// Objects without a name yet. Sites are few: all or none are named.
struct Nameless {
  std::set<UserId> people;
  std::set<SkuId> goods;
  PickupPointId point;
  bool sites = false;

  // Ignores ids that are not of users.
  void add_person(const std::string& id);
};

Nameless nameless_in(const OrderEvidence& evidence);
Nameless nameless_in(const std::vector<warehouse::Movement>& movements);

// "Sneakers, 42, black".
std::string name_of(const catalog::SkuInfo& sku);

// Names that cannot be read are left out.
Task<Names> names_for(NameSources sources, Call call, Nameless nameless);

}  // namespace bramble::ops
