#include "services/inventory/placement.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble::inventory {
namespace {

std::map<SkuId, std::int64_t> wanted_by_sku(const std::vector<Line>& lines) {
  std::map<SkuId, std::int64_t> wanted;
  for (const auto& line : lines) wanted[line.sku_id] += line.quantity;
  return wanted;
}

const std::vector<SiteLevel>& levels_of(const Levels& levels, const SkuId& sku) {
  static const std::vector<SiteLevel> none;
  auto found = levels.find(sku);
  return found == levels.end() ? none : found->second;
}

bool nearer(const SiteLevel& left, const SiteLevel& right) {
  if (left.distance_m != right.distance_m) return left.distance_m < right.distance_m;
  return left.site_id < right.site_id;
}

// The nearest site that alone has everything, so that the order is one parcel.
std::optional<SiteId> single_site(const std::map<SkuId, std::int64_t>& wanted, const Levels& levels) {
  auto candidates = levels_of(levels, wanted.begin()->first);
  std::sort(candidates.begin(), candidates.end(), nearer);
  for (const auto& candidate : candidates) {
    bool has_all = std::all_of(wanted.begin(), wanted.end(), [&](const auto& want) {
      const auto& sites = levels_of(levels, want.first);
      return std::any_of(sites.begin(), sites.end(), [&](const SiteLevel& level) {
        return level.site_id == candidate.site_id && level.available >= want.second;
      });
    });
    if (has_all) return candidate.site_id;
  }
  return std::nullopt;
}

}  // namespace

double distance_m(double lat1, double lon1, double lat2, double lon2) {
  constexpr double earth_radius_m = 6'371'000;
  constexpr double radian = std::numbers::pi / 180;
  double half_lat = std::sin((lat2 - lat1) * radian / 2);
  double half_lon = std::sin((lon2 - lon1) * radian / 2);
  double a = half_lat * half_lat + std::cos(lat1 * radian) * std::cos(lat2 * radian) * half_lon * half_lon;
  return 2 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(a)));
}

std::optional<std::vector<Placement>> place(const std::vector<Line>& lines, const Levels& levels) {
  auto wanted = wanted_by_sku(lines);
  if (wanted.empty()) return std::nullopt;
  std::vector<Placement> placements;
  if (auto site = single_site(wanted, levels)) {
    for (const auto& [sku, quantity] : wanted) placements.push_back({sku, *site, quantity});
    return placements;
  }
  for (const auto& [sku, quantity] : wanted) {
    auto parts = place_some({sku, quantity}, levels_of(levels, sku));
    auto missing = quantity;
    for (auto& part : parts) {
      missing -= part.quantity;
      placements.push_back(std::move(part));
    }
    if (missing > 0) return std::nullopt;
  }
  return placements;
}

std::vector<Placement> place_some(const Line& line, std::vector<SiteLevel> sites) {
  std::vector<Placement> placements;
  std::sort(sites.begin(), sites.end(), nearer);
  auto missing = line.quantity;
  for (const auto& level : sites) {
    auto part = std::min(missing, level.available);
    if (part > 0) placements.push_back({line.sku_id, level.site_id, part});
    missing -= std::max<std::int64_t>(part, 0);
  }
  return placements;
}

std::vector<Level> shortages(const std::vector<Line>& lines, const Levels& levels) {
  std::vector<Level> found;
  for (const auto& [sku, quantity] : wanted_by_sku(lines)) {
    std::int64_t available = 0;
    for (const auto& level : levels_of(levels, sku)) available += level.available;
    if (available < quantity) found.push_back({sku, available});
  }
  return found;
}

}  // namespace bramble::inventory
