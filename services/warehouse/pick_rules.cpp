#include "services/warehouse/pick_rules.h"

#include <algorithm>

namespace bramble::warehouse {

ScanVerdict judge_scan(const PickTask& task, const ScanRequest& scan) {
  if (task.status != TaskStatus::open) return {ScanOutcome::task_closed, 0, "the task is not open"};
  ScanVerdict verdict{ScanOutcome::wrong_goods, 0, "no line of the task asks for barcode " + scan.barcode};
  for (std::size_t i = 0; i < task.lines.size(); ++i) {
    const auto& line = task.lines[i];
    if (line.barcode != scan.barcode) continue;
    auto left = line.quantity - line.picked;
    if (line.bin != scan.bin) {
      verdict.detail = "barcode " + scan.barcode + " is to be picked from bin " + line.bin;
    } else if (scan.quantity > left) {
      verdict.detail = std::to_string(left) + " of barcode " + scan.barcode + " are left to pick";
    } else {
      return {ScanOutcome::picked, i, {}};
    }
  }
  return verdict;
}

bool is_all_picked(const PickTask& task) {
  return std::all_of(task.lines.begin(), task.lines.end(),
                     [](const TaskLine& line) { return line.picked == line.quantity; });
}

}  // namespace bramble::warehouse
