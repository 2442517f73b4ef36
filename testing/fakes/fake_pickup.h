// One pickup point, "pp_1".
#pragma once

#include "services/pickup/pickup.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakePickup final : public pickup::PickupApi {
 public:
  Task<pickup::Point> get(Call, pickup::PointRequest request) override {
    auto guard = trouble.meet("get");
    if (request.pickup_point_id.text() != "pp_1") {
      throw Error(ErrorCode::not_found, "pickup_point_not_found", "there is no such point");
    }
    guard.after();
    co_return pickup::Point{request.pickup_point_id, "A point", "A street", 55.7, 37.6, 0};
  }
  Task<pickup::NearestReply> nearest(Call call, pickup::NearestRequest) override {
    co_return pickup::NearestReply{{co_await get(std::move(call), {PickupPointId("pp_1")})}};
  }
  Task<pickup::NearestReply> search(Call, pickup::SearchRequest) override { co_return found; }
  Task<Empty> put_points(Call, pickup::PutPointsRequest) override { not_faked(); }

  pickup::NearestReply found;  // by every search
  Trouble trouble;
};

}  // namespace bramble
