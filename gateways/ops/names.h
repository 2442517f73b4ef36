// What people call the sites, goods, points and colleagues that a page names by ids.
#pragma once

#include <map>
#include <set>
#include <string>

#include "gateways/ops/verdict.h"
#include "services/auth/auth.api.h"
#include "services/catalog/catalog.api.h"
#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

using Names = std::map<std::string, std::string>;

struct NameSources {
  catalog::CatalogApi& catalog;
  warehouse::WarehouseApi& warehouse;
  pickup::PickupApi& pickup;
  auth::AuthApi& auth;
};

// What is to be named. Sites are few, and all are.
struct Nameless {
  std::set<UserId> people;
  std::set<SkuId> goods;
  PickupPointId point;
  bool sites = false;

  // Ignores an id that is not a person's.
  void add_person(const std::string& id);
};

Nameless nameless_in(const OrderFacts& facts);
Nameless nameless_in(const std::vector<warehouse::Movement>& movements);

// "Sneakers, 42, black".
std::string name_of(const catalog::SkuInfo& sku);

// As far as they are known: whoever knows the others may be in trouble.
Task<Names> names_for(NameSources sources, Call call, Nameless nameless);

}  // namespace bramble::ops
