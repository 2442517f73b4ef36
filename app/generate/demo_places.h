// The demo's places: fulfilment centres and pickup points in Russian cities.
#pragma once

#include <vector>

#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble {

std::vector<warehouse::Site> demo_sites();
// In Russian, with the English beside it.
// Plans of the bins of each site.
std::vector<std::string> demo_bins();

pickup::PutPointsRequest demo_points();

}  // namespace bramble
