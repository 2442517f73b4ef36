#include "gateways/ops/warehouse/task_view.h"

#include <gtest/gtest.h>

#include "testing/fakes/fake_auth.h"
#include "testing/fakes/fake_catalog.h"
#include "testing/fakes/fake_pickup.h"
#include "testing/run.h"

namespace bramble::ops {
namespace {

warehouse::PickTask task_of(std::vector<std::string> skus) {
  warehouse::PickTask task;
  task.task_id = TaskId("tsk_1");
  task.type = "pick";
  task.site_id = SiteId("site_1");
  task.order_id = OrderId("ord_1");
  task.created_at = Time{7};
  task.package_barcode = "PKG-1";
  for (const auto& sku : skus) task.lines.push_back({SkuId(sku), "46", "A-01-1", 4, 1, 1});
  return task;
}

TEST(TaskViews, LinesHaveTheFacesOfTheirGoods) {
  FakeCatalog catalog;
  FakeAuth auth;
  FakePickup pickup;
  catalog.put("sku_1", 100, "46");
  catalog.skus[SkuId("sku_1")].image = "/media/1.svg";
  auto shown = run_sync(task_views({catalog, auth, pickup}, {}, {task_of({"sku_1", "sku_unknown"})}));
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown[0].package_barcode, "PKG-1");
  EXPECT_EQ(shown[0].created_at, Time{7});
  const auto& line = shown[0].lines.at(0);
  EXPECT_EQ(line.title, "Title of sku_1");
  EXPECT_EQ(line.options, (std::map<std::string, std::string>{{"size", "42"}}));
  EXPECT_EQ(line.image, "/media/1.svg");
  EXPECT_EQ(line.bin, "A-01-1");
  EXPECT_EQ(line.quantity - line.picked - line.missing, 2);
  EXPECT_EQ(shown[0].lines.at(1).title, "");
}

TEST(TaskViews, EachSkuIsAskedForOnceAndALargePageInParts) {
  FakeCatalog catalog;
  FakeAuth auth;
  FakePickup pickup;
  std::vector<warehouse::PickTask> tasks;
  for (int i = 0; i < 3; ++i) {
    std::vector<std::string> skus{"sku_same"};
    for (int j = 0; j < 400; ++j) skus.push_back("sku_" + std::to_string(i) + "_" + std::to_string(j));
    tasks.push_back(task_of(std::move(skus)));
  }
  EXPECT_EQ(run_sync(task_views({catalog, auth, pickup}, {}, std::move(tasks))).size(), 3u);
  EXPECT_EQ(catalog.trouble.calls["get_skus"], 2);
}

TEST(TaskViews, WithoutTheCatalogueTheyAreStillThere) {
  FakeCatalog catalog;
  FakeAuth auth;
  FakePickup pickup;
  catalog.put("sku_1", 100, "46");
  catalog.trouble.next("get_skus", Trouble::When::before);
  auto shown = run_sync(task_views({catalog, auth, pickup}, {}, {task_of({"sku_1"})}));
  EXPECT_EQ(shown.at(0).lines.at(0).barcode, "46");
  EXPECT_EQ(shown.at(0).lines.at(0).title, "");
}

TEST(TaskViews, ALabelHasItsDestinationAndAColleagueAName) {
  FakeCatalog catalog;
  FakeAuth auth;
  FakePickup pickup;
  auth.names[UserId("usr_1")] = "vera";
  auto task = task_of({"sku_1"});
  task.pickup_point_id = PickupPointId("pp_1");
  task.parcel = warehouse::ParcelNumber{1, 2};
  task.worker = warehouse::TaskWorker{UserId("usr_1"), {}, Time{5}, Time{6}};
  auto shown = run_sync(task_views({catalog, auth, pickup}, {}, {task})).at(0);
  EXPECT_EQ(shown.destination, (Destination{PickupPointId("pp_1"), "A point", "A street"}));
  EXPECT_EQ(shown.parcel, task.parcel);
  EXPECT_EQ(shown.worker->name, "vera");
  pickup.trouble.next("get", Trouble::When::before);
  auth.trouble.next("staff_names", Trouble::When::before);
  auto bare = run_sync(task_views({catalog, auth, pickup}, {}, {task})).at(0);
  EXPECT_EQ(bare.destination->pickup_point_id.text(), "pp_1");
  EXPECT_EQ(bare.worker->user_id.text(), "usr_1");
}

}  // namespace
}  // namespace bramble::ops
