// The story of each request to pickup. All points are in memory, so that only writing one touches the
// database.
#pragma once

#include <memory>

#include "ports/database.h"
#include "services/pickup/pickup.api.h"
#include "services/pickup/point_map.h"
#include "services/pickup/point_store.h"

namespace bramble::pickup {

class PickupService : public PickupApi {
 public:
  explicit PickupService(Database& database) : database_(database) {}

  Task<NearestReply> nearest(Call call, NearestRequest request) override;
  Task<NearestReply> search(Call call, SearchRequest request) override;
  Task<Point> get(Call call, PointRequest request) override;
  Task<Empty> put_points(Call call, PutPointsRequest request) override;

  // Reads all the points anew.
  Task<void> load(Call call);

 private:
  Database& database_;
  PointStore store_;
  std::shared_ptr<const PointMap> points_ = std::make_shared<const PointMap>();
};

}  // namespace bramble::pickup
