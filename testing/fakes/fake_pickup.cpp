#include "testing/fakes/fake_pickup.h"

namespace bramble {

Task<pickup::Point> FakePickup::get(Call, pickup::PointRequest request) {
  auto guard = trouble.meet("get");
  if (request.pickup_point_id.text() != "pp_1") {
    throw Error(ErrorCode::not_found, "pickup_point_not_found", "there is no such point");
  }
  guard.after();
  co_return pickup::Point{request.pickup_point_id, "A point", "A street", 55.7, 37.6, 0};
}

Task<pickup::NearestReply> FakePickup::nearest(Call call, pickup::NearestRequest) {
  co_return pickup::NearestReply{{co_await get(std::move(call), {PickupPointId("pp_1")})}};
}

}  // namespace bramble
