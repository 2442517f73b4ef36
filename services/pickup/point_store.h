// The tables of pickup points; the only file that knows them.
#pragma once

#include <vector>

#include "ports/database.h"
#include "services/pickup/pickup.api.h"

namespace bramble::pickup {

class PointStore {
 public:
  // Up to `limit` points whose ids come after `after`, in their order.
  std::vector<Point> page(Tx& tx, const PickupPointId& after, std::int64_t limit) const;
  // Adds the point, or changes the one of its id.
  void put(Tx& tx, const Point& point) const;

  // Up to `limit` texts that come after `after` in the order of languages and ids.
  std::vector<PointText> texts(Tx& tx, const PointText& after, std::int64_t limit) const;
  void put(Tx& tx, const PointText& text) const;
};

}  // namespace bramble::pickup
