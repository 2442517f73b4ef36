#include "services/pickup/point_maps.h"

namespace bramble::pickup {

PointMaps::PointMaps(std::vector<Point> points, const std::vector<PointText>& texts) {
  std::unordered_map<PickupPointId, std::size_t, IdHash> places;
  for (std::size_t at = 0; at < points.size(); ++at) places.emplace(points[at].pickup_point_id, at);
  std::vector<std::string> also(points.size());
  for (std::size_t at = 0; at < points.size(); ++at) also[at] = points[at].title + " " + points[at].address;
  std::map<std::string, std::vector<Point>> told;
  for (const auto& text : texts) {
    auto place = places.find(text.pickup_point_id);
    if (place == places.end()) continue;
    also[place->second] += " " + text.title + " " + text.address;
    auto [at, is_new] = told.try_emplace(text.language);
    if (is_new) at->second = points;
    auto& point = at->second[place->second];
    if (!text.title.empty()) point.title = text.title;
    if (!text.address.empty()) point.address = text.address;
  }
  for (auto& [language, all] : told) by_language_.emplace(language, PointMap(std::move(all), also));
  own_ = PointMap(std::move(points), also);
}

const PointMap& PointMaps::in(const std::string& language) const {
  auto found = by_language_.find(language);
  return found == by_language_.end() ? own_ : found->second;
}

}  // namespace bramble::pickup
