#include "gateways/ops/shown_tasks.h"

#include <gtest/gtest.h>

#include "testing/fakes/fake_catalog.h"
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

TEST(ShownTasks, LinesHaveTheFacesOfTheirGoods) {
  FakeCatalog catalog;
  catalog.put("sku_1", 100, "46");
  catalog.skus[SkuId("sku_1")].image = "/media/1.svg";
  auto shown = run_sync(shown_tasks(catalog, {}, {task_of({"sku_1", "sku_unknown"})}));
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

TEST(ShownTasks, EachSkuIsAskedForOnceAndALargePageInParts) {
  FakeCatalog catalog;
  std::vector<warehouse::PickTask> tasks;
  for (int i = 0; i < 3; ++i) {
    std::vector<std::string> skus{"sku_same"};
    for (int j = 0; j < 400; ++j) skus.push_back("sku_" + std::to_string(i) + "_" + std::to_string(j));
    tasks.push_back(task_of(std::move(skus)));
  }
  EXPECT_EQ(run_sync(shown_tasks(catalog, {}, std::move(tasks))).size(), 3u);
  EXPECT_EQ(catalog.trouble.calls["get_skus"], 2);
}

TEST(ShownTasks, WithoutTheCatalogueTheyAreStillThere) {
  FakeCatalog catalog;
  catalog.put("sku_1", 100, "46");
  catalog.trouble.next("get_skus", Trouble::When::before);
  auto shown = run_sync(shown_tasks(catalog, {}, {task_of({"sku_1"})}));
  EXPECT_EQ(shown.at(0).lines.at(0).barcode, "46");
  EXPECT_EQ(shown.at(0).lines.at(0).title, "");
}

}  // namespace
}  // namespace bramble::ops
