#include "services/pickup/point_map.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace bramble::pickup {
namespace {

Point point(int number, double lat, double lon) {
  return {PickupPointId("pp_" + std::to_string(number)), "Пункт " + std::to_string(number), "адрес", lat,
          lon};
}

std::vector<std::string> ids(const std::vector<Point>& points) {
  std::vector<std::string> found;
  for (const auto& point : points) found.push_back(point.pickup_point_id.text());
  return found;
}

// What the grid must answer, without the grid.
std::vector<std::string> by_looking_at_all(std::vector<Point> points, double lat, double lon,
                                           std::size_t limit) {
  std::sort(points.begin(), points.end(), [&](const Point& left, const Point& right) {
    return distance_m(lat, lon, left.lat, left.lon) < distance_m(lat, lon, right.lat, right.lon);
  });
  points.resize(std::min(limit, points.size()));
  return ids(points);
}

TEST(PointMap, DistancesAreGreatCircle) {
  EXPECT_NEAR(distance_m(55.7558, 37.6173, 59.9343, 30.3351), 634'000, 2'000);  // Moscow to Saint Petersburg
  EXPECT_NEAR(distance_m(0, 179.5, 0, -179.5), 111'195, 10);
  EXPECT_EQ(distance_m(10, 20, 10, 20), 0);
}

TEST(PointMap, AnswersTheNearestFirstWithTheirDistances) {
  PointMap map({point(1, 55.80, 37.60), point(2, 55.75, 37.62), point(3, 59.93, 30.33)});
  auto found = map.nearest(55.7558, 37.6173, 2);
  EXPECT_EQ(ids(found), (std::vector<std::string>{"pp_2", "pp_1"}));
  EXPECT_EQ(found[0].distance_m, std::llround(distance_m(55.7558, 37.6173, 55.75, 37.62)));
  EXPECT_EQ(map.nearest(55.7558, 37.6173, 100).size(), 3u);
}

TEST(PointMap, TheGridFindsWhatLookingAtAllFinds) {
  std::mt19937 random(7);
  std::vector<Point> points;
  // Crowded cities, and the wide land between them, also across the 180th meridian and near a pole.
  for (int i = 0; i < 2'000; ++i) {
    double spread = i % 10 == 0 ? 60 : 0.4;
    auto part = [&] { return (static_cast<double>(random() % 20'001) / 10'000 - 1) * spread; };
    double lat = std::clamp((i % 3 == 0 ? 66 : 55.75) + part(), -89.9, 89.9);
    double lon = std::remainder((i % 3 == 0 ? 179.9 : 37.6) + part(), 360);
    points.push_back(point(i, lat, lon));
  }
  PointMap map(points);
  for (auto [lat, lon] : {std::pair{55.7, 37.5},
                          {66.0, 179.99},
                          {66.0, -179.99},
                          {89.5, 10.0},
                          {-60.0, -70.0},
                          {60.0, 100.0}}) {
    EXPECT_EQ(ids(map.nearest(lat, lon, 25)), by_looking_at_all(points, lat, lon, 25)) << lat << " " << lon;
  }
}

TEST(PointMap, FindsByIdOrNothing) {
  PointMap map({point(1, 1, 1)});
  EXPECT_EQ(map.find(PickupPointId("pp_1"))->title, "Пункт 1");
  EXPECT_EQ(map.find(PickupPointId("pp_2")), nullptr);
  EXPECT_TRUE(PointMap().nearest(0, 0, 5).empty());
}

}  // namespace
}  // namespace bramble::pickup
