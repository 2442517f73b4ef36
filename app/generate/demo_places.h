// The demo's places: fulfilment centres and pickup points in Russian cities.
#pragma once

#include <vector>

#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble {

std::vector<warehouse::Site> demo_sites();
std::vector<pickup::Point> demo_points();

}  // namespace bramble
