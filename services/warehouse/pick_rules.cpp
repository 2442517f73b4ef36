#include "services/warehouse/pick_rules.h"

#include <algorithm>

namespace bramble::warehouse {
namespace {

std::int64_t left_of(const TaskLine& line) { return line.quantity - line.picked - line.missing; }

}  // namespace

ScanVerdict judge_scan(const PickTask& task, const ScanRequest& scan) {
  if (task.status != TaskStatus::open) return {ScanOutcome::task_closed, 0, "the task is not open"};
  ScanVerdict verdict{ScanOutcome::wrong_goods, 0, "no line of the task asks for barcode " + scan.barcode};
  for (std::size_t i = 0; i < task.lines.size(); ++i) {
    const auto& line = task.lines[i];
    if (line.barcode != scan.barcode) continue;
    auto left = left_of(line);
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

ShortVerdict judge_short(const PickTask& task, const ShortRequest& report) {
  if (task.status != TaskStatus::open) return {ShortOutcome::task_closed, 0, "the task is not open"};
  ShortVerdict verdict{ShortOutcome::wrong_goods, 0,
                       "no line of the task asks for barcode " + report.barcode};
  for (std::size_t i = 0; i < task.lines.size(); ++i) {
    const auto& line = task.lines[i];
    if (line.barcode != report.barcode) continue;
    auto left = left_of(line);
    if (line.bin != report.bin) {
      if (verdict.outcome == ShortOutcome::wrong_goods)
        verdict.detail = "barcode " + report.barcode + " is to be picked from bin " + line.bin;
    } else if (report.quantity > left) {
      verdict = {ShortOutcome::not_left, i,
                 std::to_string(left) + " of barcode " + report.barcode + " are left to pick in bin " +
                     line.bin};
    } else {
      return {ShortOutcome::recorded, i, {}};
    }
  }
  return verdict;
}

bool is_all_picked(const PickTask& task) {
  return std::all_of(task.lines.begin(), task.lines.end(),
                     [](const TaskLine& line) { return left_of(line) == 0; });
}

bool has_picked(const PickTask& task) {
  return std::any_of(task.lines.begin(), task.lines.end(),
                     [](const TaskLine& line) { return line.picked > 0; });
}

bool has_missing(const PickTask& task) {
  return std::any_of(task.lines.begin(), task.lines.end(),
                     [](const TaskLine& line) { return line.missing > 0; });
}

}  // namespace bramble::warehouse
