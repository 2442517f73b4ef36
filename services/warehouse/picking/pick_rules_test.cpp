#include "services/warehouse/picking/pick_rules.h"

#include <gtest/gtest.h>

namespace bramble::warehouse {
namespace {

PickTask task_of(std::vector<TaskLine> lines, TaskStatus status = TaskStatus::open) {
  PickTask task;
  task.status = status;
  task.lines = std::move(lines);
  return task;
}

const TaskLine two_shoes{SkuId("sku_shoe"), "460", "A-1", 2, 0};
const TaskLine shoe_elsewhere{SkuId("sku_shoe"), "460", "B-7", 1, 0};
const TaskLine sock{SkuId("sku_sock"), "461", "A-1", 1, 1};

struct Case {
  std::string bin;
  std::string barcode;
  std::int64_t quantity;
  ScanOutcome outcome;
  std::size_t line;
};

TEST(Scan, IsExactlyWhatALineAsksForOrNothing) {
  auto task = task_of({two_shoes, shoe_elsewhere, sock});
  for (const auto& [bin, barcode, quantity, outcome, line] : {
           Case{"A-1", "460", 1, ScanOutcome::picked, 0},
           Case{"A-1", "460", 2, ScanOutcome::picked, 0},
           Case{"B-7", "460", 1, ScanOutcome::picked, 1},
           Case{"A-1", "460", 3, ScanOutcome::wrong_goods, 0},
           Case{"B-7", "460", 2, ScanOutcome::wrong_goods, 0},
           Case{"C-1", "460", 1, ScanOutcome::wrong_goods, 0},
           Case{"A-1", "999", 1, ScanOutcome::wrong_goods, 0},
           Case{"A-1", "461", 1, ScanOutcome::wrong_goods, 0},  // picked already
           Case{"", "", 1, ScanOutcome::wrong_goods, 0},
       }) {
    auto decision = decide_scan(task, {TaskId("tsk_1"), "s", bin, barcode, quantity});
    EXPECT_EQ(decision.outcome, outcome) << bin << " " << barcode << " " << quantity;
    if (outcome == ScanOutcome::picked) {
      EXPECT_EQ(decision.line, line);
    } else {
      EXPECT_NE(decision.detail, "");
    }
  }
}

TEST(Scan, KnowsGoodsByTheirGtinWhateverStandsBesideIt) {
  auto line = two_shoes;
  line.barcode = "036000291452";
  auto task = task_of({line});
  for (const char* code : {"036000291452", "0036000291452", "00036000291452", "]E00036000291452",
                           "]d20100036000291452"
                           "21A1\x1D"
                           "91EE06",
                           "(01)00036000291452(21)A1"}) {
    EXPECT_EQ(decide_scan(task, {TaskId("tsk_1"), "s", "A-1", code, 1}).outcome, ScanOutcome::picked) << code;
    EXPECT_EQ(decide_short(task, {TaskId("tsk_1"), "s", "A-1", code, 1, ShortReason::damaged}).outcome,
              ShortOutcome::recorded)
        << code;
  }
  auto misread = decide_scan(task, {TaskId("tsk_1"), "s", "A-1", "036000291453", 1});
  EXPECT_EQ(misread.outcome, ScanOutcome::wrong_goods);
  EXPECT_EQ(misread.detail, "the check digit of barcode 036000291453 is wrong: scan it again");
}

TEST(Scan, OfATaskThatIsNotOpenIsNothing) {
  for (auto status : {TaskStatus::done, TaskStatus::cancelled}) {
    auto decision = decide_scan(task_of({two_shoes}, status), {TaskId("tsk_1"), "s", "A-1", "460", 1});
    EXPECT_EQ(decision.outcome, ScanOutcome::task_closed);
  }
}

TEST(Task, IsPickedWhenAllItsLinesAre) {
  EXPECT_TRUE(is_all_picked(task_of({sock})));
  EXPECT_FALSE(is_all_picked(task_of({sock, two_shoes})));
}

}  // namespace
}  // namespace bramble::warehouse
