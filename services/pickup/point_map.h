// The pickup points on a grid of the globe: the nearest are found without reading all. Immutable.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "services/pickup/pickup.api.h"

namespace bramble::pickup {

// Great-circle distance.
double distance_m(double lat1, double lon1, double lat2, double lon2);

class PointMap {
 public:
  PointMap() = default;
  // `also` holds further search words of each point; it may be empty.
  explicit PointMap(std::vector<Point> points, const std::vector<std::string>& also = {});

  // The nearest points with their distances, nearest first.
  std::vector<Point> nearest(double lat, double lon, std::size_t limit) const;
  // The points whose title and address have all the words: nearest to the place first, or by address if there
  // is no place.
  std::vector<Point> search(std::string_view text, std::optional<std::pair<double, double>> place,
                            std::size_t limit) const;
  const Point* find(const PickupPointId& id) const;
  std::size_t size() const { return points_.size(); }

 private:
  struct Near {
    double distance_m;
    std::size_t at;
  };

  static std::int64_t cell_of(std::int64_t row, std::int64_t column);
  void look_at(std::int64_t row, std::int64_t column, double lat, double lon, std::vector<Near>& found) const;
  std::vector<Near> look_at_all(double lat, double lon) const;
  std::vector<Near> look_around(double lat, double lon, std::size_t limit) const;

  std::vector<Point> points_;
  std::vector<std::string> words_;  // of each
  std::unordered_map<std::int64_t, std::vector<std::size_t>> cells_;
  std::unordered_map<PickupPointId, std::size_t, IdHash> by_id_;
};

}  // namespace bramble::pickup
