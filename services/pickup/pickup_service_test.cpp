#include "services/pickup/pickup_service.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"
#include "pickup_schema.h"
#include "testing/run.h"
#include "testing/service/service_database.h"

namespace bramble::pickup {
namespace {

class Pickup : public testing::Test {
 protected:
  static Point point(int number, double lat, double lon) {
    return {PickupPointId("pp_" + std::to_string(number)), "Пункт " + std::to_string(number), "адрес", lat,
            lon};
  }
  std::vector<Point> nearest(double lat, double lon, std::int64_t limit = 0) {
    return run_sync(service_->nearest(call_, {lat, lon, limit})).items;
  }
  void put(std::vector<Point> points) { run_sync(service_->put_points(call_, {std::move(points)})); }

  template <class Act>
  Error error_of(Act act) {
    try {
      act();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return Error(ErrorCode::internal, "", "");
  }

  ServiceDatabase database_{pickup_migrations()};
  std::unique_ptr<PickupService> service_ = std::make_unique<PickupService>(*database_);
  Call call_ = system_call("test", Time{INT64_MAX});
};

TEST_F(Pickup, WhatIsPutIsFoundNearestFirstTwentyFiveWhereNothingIsSaid) {
  EXPECT_TRUE(nearest(55, 37).empty());
  std::vector<Point> points;
  for (int i = 0; i < 60; ++i) points.push_back(point(i, 55 + i * 0.01, 37));
  put(points);
  auto found = nearest(55, 37);
  ASSERT_EQ(found.size(), 25u);
  EXPECT_EQ(found[0].pickup_point_id.text(), "pp_0");
  EXPECT_EQ(found[24].pickup_point_id.text(), "pp_24");
  EXPECT_LT(found[1].distance_m, found[2].distance_m);
  EXPECT_EQ(nearest(55, 37, 2).size(), 2u);
}

TEST_F(Pickup, PointsAreFoundByTheWordsOfTheirAddress) {
  auto at = [](int number, const char* address, double lat) {
    auto made = point(number, lat, 37);
    made.address = address;
    return made;
  };
  put({at(1, "г. Москва, ул. Ленина, д. 5", 55.9), at(2, "г. Москва, ул. Мира, д. 5", 55.1),
       at(3, "г. Москва, ул. Ленина, д. 7", 55.2), at(4, "г. Тула, ул. Ленина, д. 5", 54)});
  auto ids = [&](SearchRequest request) {
    std::string found;
    for (const auto& point : run_sync(service_->search(call_, std::move(request))).items)
      found += point.pickup_point_id.text() + " ";
    return found;
  };
  EXPECT_EQ(ids({"ЛЕНИНА моск", 0}), "pp_1 pp_3 ");
  EXPECT_EQ(ids({"ленина", 2, 55.0, 37.0}), "pp_3 pp_1 ");
  EXPECT_EQ(ids({"казань", 0}), "");
  auto error = error_of([&] { ids({"ленина", 0, 55.0, std::nullopt}); });
  EXPECT_EQ(error.reason, "invalid_input");
}

TEST_F(Pickup, PointsAreReadInTheReadersLanguageAndFoundByTheWordsOfAll) {
  auto one = point(1, 55, 37);
  one.address = "г. Москва, ул. Мира, д. 5";
  run_sync(service_->put_points(call_, {{one, point(2, 56, 38)},
                                        {{one.pickup_point_id, "en", "Point 1", "5 Mira St, Moscow"}}}));
  PickupService again(*database_);
  run_sync(again.load(call_));
  for (auto* service : {service_.get(), &again}) {
    call_.language = "en";
    EXPECT_EQ(run_sync(service->get(call_, {one.pickup_point_id})).address, "5 Mira St, Moscow");
    EXPECT_EQ(run_sync(service->nearest(call_, {55, 37, 1})).items.at(0).title, "Point 1");
    EXPECT_EQ(run_sync(service->get(call_, {PickupPointId("pp_2")})).title, "Пункт 2");
    for (const char* language : {"en", "ru", ""}) {
      call_.language = language;
      EXPECT_EQ(run_sync(service->search(call_, {"moscow mira", 0})).items.size(), 1u);
      EXPECT_EQ(run_sync(service->search(call_, {"мира москва", 0})).items.size(), 1u);
    }
    EXPECT_EQ(run_sync(service->get(call_, {one.pickup_point_id})).address, one.address);
  }
  auto error = error_of([&] { run_sync(service_->put_points(call_, {{}, {{one.pickup_point_id, ""}}})); });
  EXPECT_EQ(error.fields.at(0).field, "texts[0].language");
}

TEST_F(Pickup, APointPutAgainIsChangedNotDoubled) {
  put({point(1, 55, 37)});
  auto moved = point(1, 60, 30);
  moved.title = "Переехал";
  put({moved});
  auto found = nearest(55, 37);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].title, "Переехал");
}

TEST_F(Pickup, PointsAreThereAfterARestart) {
  std::vector<Point> points;
  for (int i = 0; i < 2'500; ++i) points.push_back(point(i, 55, 37));
  put(points);
  PickupService again(*database_);
  run_sync(again.load(call_));
  EXPECT_EQ(run_sync(again.get(call_, {PickupPointId("pp_2499")})).title, "Пункт 2499");
}

TEST_F(Pickup, AnUnknownPointIsNotFound) {
  auto error = error_of([&] { run_sync(service_->get(call_, {PickupPointId("pp_none")})); });
  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_EQ(error.reason, "unknown_pickup_point");
}

TEST_F(Pickup, PlacesThatAreNotOnTheGlobeAreRefused) {
  EXPECT_EQ(error_of([&] { nearest(90.1, 0); }).fields.at(0).field, "lat");
  EXPECT_EQ(error_of([&] { nearest(0, std::numeric_limits<double>::quiet_NaN()); }).fields.at(0).field,
            "lon");
  EXPECT_EQ(error_of([&] { nearest(0, 0, 101); }).fields.at(0).field, "limit");
  EXPECT_EQ(error_of([&] { nearest(0, 0, -1); }).fields.at(0).field, "limit");
  EXPECT_EQ(error_of([&] { put({point(1, 55, 37), point(2, -91, 0)}); }).fields.at(0).field, "items[1].lat");
  EXPECT_TRUE(nearest(55, 37).empty());
}

}  // namespace
}  // namespace bramble::pickup
