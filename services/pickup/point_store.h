// The tables of pickup points; the only file that knows them.
#pragma once

#include <vector>

#include "ports/database.h"
#include "services/pickup/pickup.api.h"

namespace bramble::pickup {

class PointStore {
 public:
  // Up to `limit` points with ids after `after`, sorted by id.
  std::vector<Point> page(Tx& tx, const PickupPointId& after, std::int64_t limit) const;
  // Adds the point, or replaces the one with its id.
  void put(Tx& tx, const Point& point) const;

  // Up to `limit` texts after `after`, sorted by language and id.
  std::vector<PointText> texts(Tx& tx, const PointText& after, std::int64_t limit) const;
  void put(Tx& tx, const PointText& text) const;
};

}  // namespace bramble::pickup
