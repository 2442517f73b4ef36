#include "services/pickup/pickup_service.h"

#include <cmath>

#include "base/error.h"

namespace bramble::pickup {
namespace {

constexpr std::int64_t usual_limit = 25;
constexpr std::int64_t most_limit = 100;
constexpr std::size_t most_put = 10'000;
constexpr std::int64_t load_page = 1'000;

void check_place(double lat, double lon, const std::string& where) {
  if (!std::isfinite(lat) || std::abs(lat) > 90)
    throw_invalid(where + "lat", "out_of_range", "-90 to 90 degrees");
  if (!std::isfinite(lon) || std::abs(lon) > 180)
    throw_invalid(where + "lon", "out_of_range", "-180 to 180 degrees");
}

std::size_t checked_limit(std::int64_t wanted) {
  auto limit = wanted == 0 ? usual_limit : wanted;
  if (limit < 1 || limit > most_limit)
    throw_invalid("limit", "out_of_range", "1 to " + std::to_string(most_limit));
  return static_cast<std::size_t>(limit);
}

void check(const PutPointsRequest& request) {
  if (request.items.size() > most_put)
    throw_invalid("items", "too_many", "at most " + std::to_string(most_put));
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    auto where = "items[" + std::to_string(i) + "].";
    const auto& point = request.items[i];
    if (point.pickup_point_id.empty()) throw_invalid(where + "pickup_point_id", "required", "is required");
    if (point.title.empty()) throw_invalid(where + "title", "required", "is required");
    check_place(point.lat, point.lon, where);
  }
  if (request.texts.size() > most_put)
    throw_invalid("texts", "too_many", "at most " + std::to_string(most_put));
  for (std::size_t i = 0; i < request.texts.size(); ++i) {
    auto where = "texts[" + std::to_string(i) + "].";
    const auto& text = request.texts[i];
    if (text.pickup_point_id.empty()) throw_invalid(where + "pickup_point_id", "required", "is required");
    if (text.language.empty()) throw_invalid(where + "language", "required", "is required");
  }
}

}  // namespace

Task<NearestReply> PickupService::nearest(Call call, NearestRequest request) {
  check_place(request.lat, request.lon, "");
  co_return NearestReply{
      points_->in(call.language).nearest(request.lat, request.lon, checked_limit(request.limit))};
}

Task<NearestReply> PickupService::search(Call call, SearchRequest request) {
  if (request.lat.has_value() != request.lon.has_value())
    throw_invalid("lat", "required", "both lat and lon, or neither");
  std::optional<std::pair<double, double>> place;
  if (request.lat) {
    check_place(*request.lat, *request.lon, "");
    place.emplace(*request.lat, *request.lon);
  }
  co_return NearestReply{
      points_->in(call.language).search(request.text, place, checked_limit(request.limit))};
}

Task<Point> PickupService::get(Call call, PointRequest request) {
  const auto* point = points_->in(call.language).find(request.pickup_point_id);
  if (!point) throw Error(ErrorCode::not_found, "unknown_pickup_point", "there is no such pickup point");
  co_return *point;
}

Task<Empty> PickupService::put_points(Call call, PutPointsRequest request) {
  check(request);
  if (request.items.empty() && request.texts.empty()) co_return Empty{};
  auto key = request.items.empty() ? request.texts.front().pickup_point_id.text()
                                   : request.items.front().pickup_point_id.text();
  co_await database_.transact(call, key, [&](Tx& tx) {
    for (const auto& point : request.items) store_.put(tx, point);
    for (const auto& text : request.texts) store_.put(tx, text);
  });
  co_await load(call);
  co_return Empty{};
}

Task<void> PickupService::load(Call call) {
  auto points = co_await all_points(call);
  auto texts = co_await all_texts(call);
  points_ = std::make_shared<const PointMaps>(std::move(points), texts);
}

Task<std::vector<Point>> PickupService::all_points(Call call) {
  std::vector<Point> points;
  for (;;) {
    auto after = points.empty() ? PickupPointId() : points.back().pickup_point_id;
    auto page = co_await database_.read(call, "", [&](Tx& tx) { return store_.page(tx, after, load_page); });
    points.insert(points.end(), page.begin(), page.end());
    if (page.size() < load_page) co_return points;
  }
}

Task<std::vector<PointText>> PickupService::all_texts(Call call) {
  std::vector<PointText> texts;
  for (;;) {
    auto after = texts.empty() ? PointText() : texts.back();
    auto page = co_await database_.read(call, "", [&](Tx& tx) { return store_.texts(tx, after, load_page); });
    texts.insert(texts.end(), page.begin(), page.end());
    if (page.size() < load_page) co_return texts;
  }
}

}  // namespace bramble::pickup
