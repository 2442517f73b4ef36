// Pick tasks as people see them: titles, options and pictures of goods, names of colleagues, places of
// parcels.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "gateways/ops/ops.api.h"
#include "services/auth/auth.api.h"
#include "services/catalog/catalog.api.h"
#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

struct TaskFaces {
  catalog::CatalogApi& catalog;
  auth::AuthApi& auth;
  pickup::PickupApi& pickup;
};

// Without the services that know the faces the tasks are shown all the same: work goes on.
Task<std::vector<ShownTask>> shown_tasks(TaskFaces sources, Call call,
                                         std::vector<warehouse::PickTask> tasks);

// The names of staff, as far as they are known.
Task<std::map<UserId, std::string>> names_of(auth::AuthApi& auth, Call call, std::set<UserId> users);

}  // namespace bramble::ops
