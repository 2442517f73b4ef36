// Where an order's goods are taken from: nearest site first, all or nothing. Pure rules.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "services/inventory/inventory.api.h"

namespace bramble::inventory {

// What could be taken of one SKU at one site, and how far that is from where it is wanted.
struct SiteLevel {
  SiteId site_id;
  double distance_m = 0;
  std::int64_t available = 0;
};

using Levels = std::map<SkuId, std::vector<SiteLevel>>;

// Great-circle distance.
double distance_m(double lat1, double lon1, double lat2, double lon2);

// The nearest single site that has everything, or else each line from its nearest sites; nothing if any line
// falls short. Lines of one SKU are added up.
std::optional<std::vector<Placement>> place(const std::vector<Line>& lines, const Levels& levels);

// As much of a line as there is, from the nearest sites.
std::vector<Placement> place_some(const Line& line, std::vector<SiteLevel> sites);

// The SKUs that there are too few of, with what there is.
std::vector<Level> shortages(const std::vector<Line>& lines, const Levels& levels);

}  // namespace bramble::inventory
