// The pickup points in each language. A point without a text in a language is shown in its own language
// there. A search finds the words of every language. Immutable.
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

  // An unknown language gives the points' own texts.
  const PointMap& in(const std::string& language) const;

 private:
  PointMap own_;
  std::map<std::string, PointMap> by_language_;
};

}  // namespace bramble::pickup
