// Pick tasks with titles, options and pictures of goods, names of workers, and destinations of parcels.
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

// The contract's names are public and stay.
using TaskView = ShownTask;
using TaskLineView = ShownLine;

struct TaskLabels {
  catalog::CatalogApi& catalog;
  auth::AuthApi& auth;
  pickup::PickupApi& pickup;
};

// If catalog, auth or pickup fails, the tasks come without its labels, so that work goes on.
Task<std::vector<TaskView>> task_views(TaskLabels sources, Call call, std::vector<warehouse::PickTask> tasks);

// The names of staff; unknown ones are left out.
Task<std::map<UserId, std::string>> names_of(auth::AuthApi& auth, Call call, std::set<UserId> users);

}  // namespace bramble::ops
