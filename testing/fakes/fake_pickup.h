// One pickup point, "pp_1".
#pragma once

#include "services/pickup/pickup.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakePickup final : public pickup::PickupApi {
 public:
  Task<pickup::Point> get(Call, pickup::PointRequest request) override;
  Task<pickup::NearestReply> nearest(Call call, pickup::NearestRequest) override;
  Task<pickup::NearestReply> search(Call, pickup::SearchRequest) override { co_return found; }
  Task<Empty> put_points(Call, pickup::PutPointsRequest) override { not_faked(); }

  pickup::NearestReply found;  // by every search
  Trouble trouble;
};

}  // namespace bramble
