// The pickup points in each language that they are told in. A point that is not told in a language is in its
// own words there; in every language it is found by the words of all. Never changes once made.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/pickup/point_map.h"

namespace bramble::pickup {

class PointMaps {
 public:
  PointMaps() = default;
  PointMaps(std::vector<Point> points, const std::vector<PointText>& texts);

  // In the points' own words where there is no such language.
  const PointMap& in(const std::string& language) const;

 private:
  PointMap own_;
  std::map<std::string, PointMap> by_language_;
};

}  // namespace bramble::pickup
