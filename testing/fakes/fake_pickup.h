// One pickup point, "pp_1".
#pragma once

#include "services/pickup/pickup.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakePickup final : public pickup::PickupApi {
 public:
  Task<pickup::Point> get(Call, pickup::PointRequest request) override;
  Task<pickup::NearestReply> nearest(Call call, pickup::NearestRequest) override;
  Task<pickup::NearestReply> search(Call, pickup::SearchRequest) override { not_faked(); }
  Task<Empty> put_points(Call, pickup::PutPointsRequest) override { not_faked(); }

  Trouble trouble;
};

}  // namespace bramble
