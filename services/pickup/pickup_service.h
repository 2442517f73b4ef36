// Pickup points. All points are in memory, so only writing uses the database.
#pragma once

#include <memory>

#include "ports/database.h"
#include "services/pickup/pickup.api.h"
#include "services/pickup/point_maps.h"
#include "services/pickup/point_store.h"

namespace bramble::pickup {

class PickupService : public PickupApi {
 public:
  explicit PickupService(Database& database) : database_(database) {}

  Task<NearestReply> nearest(Call call, NearestRequest request) override;
  Task<NearestReply> search(Call call, SearchRequest request) override;
  Task<Point> get(Call call, PointRequest request) override;
  Task<Empty> put_points(Call call, PutPointsRequest request) override;

  // Reads all points again.
  Task<void> load(Call call);

 private:
  Task<std::vector<Point>> all_points(Call call);
  Task<std::vector<PointText>> all_texts(Call call);

  Database& database_;
  PointStore store_;
  std::shared_ptr<const PointMaps> points_ = std::make_shared<const PointMaps>();
};

}  // namespace bramble::pickup
