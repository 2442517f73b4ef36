#include "services/pickup/point_map.h"

#include <cmath>
#include <numbers>
#include <tuple>

#include "services/pickup/address_words.h"

namespace bramble::pickup {
namespace {

constexpr double earth_radius_m = 6'371'000;
constexpr double radian = std::numbers::pi / 180;
constexpr double cell_degrees = 0.25;
constexpr std::int64_t columns = 1440;  // around the globe
constexpr std::int64_t most_rings = 16;

std::int64_t row_of(double lat) { return static_cast<std::int64_t>(std::floor(lat / cell_degrees)); }
std::int64_t column_of(double lon) { return static_cast<std::int64_t>(std::floor(lon / cell_degrees)); }

// A lower bound of the distance to points beyond this many rings of cells: that many rows, or that many
// meridians.
double beyond_m(double lat, std::int64_t rings) {
  double angle = static_cast<double>(rings) * cell_degrees * radian;
  double over_meridians = std::asin(std::cos(lat * radian) * std::sin(angle));
  return earth_radius_m * std::min(angle, over_meridians);
}

}  // namespace

double distance_m(double lat1, double lon1, double lat2, double lon2) {
  double half_lat = std::sin((lat2 - lat1) * radian / 2);
  double half_lon = std::sin((lon2 - lon1) * radian / 2);
  double a = half_lat * half_lat + std::cos(lat1 * radian) * std::cos(lat2 * radian) * half_lon * half_lon;
  return 2 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(a)));
}

PointMap::PointMap(std::vector<Point> points, const std::vector<std::string>& also)
    : points_(std::move(points)) {
  for (std::size_t at = 0; at < points_.size(); ++at) {
    const auto& point = points_[at];
    cells_[cell_of(row_of(point.lat), column_of(point.lon))].push_back(at);
    by_id_.emplace(point.pickup_point_id, at);
    auto words = point.title + " " + point.address;
    if (at < also.size()) words += " " + also[at];
    words_.push_back(address_words(words));
  }
}

// Columns wrap around the globe: the first is east of the last.
std::int64_t PointMap::cell_of(std::int64_t row, std::int64_t column) {
  return row * columns + ((column % columns) + columns) % columns;
}

const Point* PointMap::find(const PickupPointId& id) const {
  auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &points_[found->second];
}

std::vector<Point> PointMap::nearest(double lat, double lon, std::size_t limit) const {
  auto found = look_around(lat, lon, limit);
  auto count = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
                    [this](const Near& left, const Near& right) {
                      if (left.distance_m != right.distance_m) return left.distance_m < right.distance_m;
                      return points_[left.at].pickup_point_id < points_[right.at].pickup_point_id;
                    });
  std::vector<Point> points;
  points.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    points.push_back(points_[found[i].at]);
    points.back().distance_m = std::llround(found[i].distance_m);
  }
  return points;
}

std::vector<Point> PointMap::search(std::string_view text, std::optional<std::pair<double, double>> place,
                                    std::size_t limit) const {
  auto wanted = address_words(text);
  std::vector<Point> found;
  for (std::size_t at = 0; at < points_.size(); ++at) {
    if (!has_words(words_[at], wanted)) continue;
    found.push_back(points_[at]);
    auto& point = found.back();
    if (place) point.distance_m = std::llround(distance_m(place->first, place->second, point.lat, point.lon));
  }
  auto count = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
                    [](const Point& left, const Point& right) {
                      return std::tie(left.distance_m, left.address, left.pickup_point_id) <
                             std::tie(right.distance_m, right.address, right.pickup_point_id);
                    });
  found.resize(count);
  return found;
}

// Reads ring by ring around the place, until enough of the found points are nearer than any point further out
// can be.
std::vector<PointMap::Near> PointMap::look_around(double lat, double lon, std::size_t limit) const {
  if (points_.size() <= limit) return look_at_all(lat, lon);
  std::vector<Near> found;
  auto row = row_of(lat);
  auto column = column_of(lon);
  for (std::int64_t ring = 0; ring <= most_rings; ++ring) {
    for (auto other = column - ring; other <= column + ring; ++other) {
      look_at(row - ring, other, lat, lon, found);
      if (ring > 0) look_at(row + ring, other, lat, lon, found);
    }
    for (auto other = row - ring + 1; other < row + ring; ++other) {
      look_at(other, column - ring, lat, lon, found);
      look_at(other, column + ring, lat, lon, found);
    }
    auto sure_m = beyond_m(lat, ring);
    auto sure = std::count_if(found.begin(), found.end(),
                              [&](const Near& near) { return near.distance_m <= sure_m; });
    if (static_cast<std::size_t>(sure) >= limit) return found;
  }
  return look_at_all(lat, lon);
}

void PointMap::look_at(std::int64_t row, std::int64_t column, double lat, double lon,
                       std::vector<Near>& found) const {
  auto cell = cells_.find(cell_of(row, column));
  if (cell == cells_.end()) return;
  for (auto at : cell->second) found.push_back({distance_m(lat, lon, points_[at].lat, points_[at].lon), at});
}

std::vector<PointMap::Near> PointMap::look_at_all(double lat, double lon) const {
  std::vector<Near> found;
  found.reserve(points_.size());
  for (std::size_t at = 0; at < points_.size(); ++at) {
    found.push_back({distance_m(lat, lon, points_[at].lat, points_[at].lon), at});
  }
  return found;
}

}  // namespace bramble::pickup
