// The demo's places: fulfilment centres and pickup points in Russian cities.
#pragma once

#include <vector>

#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble {

std::vector<warehouse::Site> demo_sites();
// In Russian, with the English beside it.
pickup::PutPointsRequest demo_points();

}  // namespace bramble
