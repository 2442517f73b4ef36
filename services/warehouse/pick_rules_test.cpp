#include "services/warehouse/pick_rules.h"

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
    auto verdict = judge_scan(task, {TaskId("tsk_1"), "s", bin, barcode, quantity});
    EXPECT_EQ(verdict.outcome, outcome) << bin << " " << barcode << " " << quantity;
    if (outcome == ScanOutcome::picked) {
      EXPECT_EQ(verdict.line, line);
    } else {
      EXPECT_NE(verdict.detail, "");
    }
  }
}

TEST(Scan, OfATaskThatIsNotOpenIsNothing) {
  for (auto status : {TaskStatus::done, TaskStatus::cancelled}) {
    auto verdict = judge_scan(task_of({two_shoes}, status), {TaskId("tsk_1"), "s", "A-1", "460", 1});
    EXPECT_EQ(verdict.outcome, ScanOutcome::task_closed);
  }
}

TEST(Task, IsPickedWhenAllItsLinesAre) {
  EXPECT_TRUE(is_all_picked(task_of({sock})));
  EXPECT_FALSE(is_all_picked(task_of({sock, two_shoes})));
}

}  // namespace
}  // namespace bramble::warehouse
