#include "services/warehouse/picking/pick_rules.h"

#include <algorithm>

#include "base/goods_code.h"

namespace bramble::warehouse {
namespace {

std::int64_t left_of(const TaskLine& line) { return line.quantity - line.picked - line.missing; }

// For the worker: what no scanner prints stays out of it.
std::string shown(const std::string& barcode) {
  auto text = barcode;
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return text;
}

std::string unknown_goods(const std::string& barcode) {
  if (has_wrong_check_digit(barcode))
    return "the check digit of barcode " + barcode + " is wrong: scan it again";
  return "no line of the task asks for barcode " + shown(barcode);
}

}  // namespace

std::optional<Time> bounded_device_time(std::optional<Time> at, Time now, Duration late_for) {
  if (!at) return std::nullopt;
  return std::clamp(*at, now - late_for, now);
}

ScanDecision decide_scan(const PickTask& task, const ScanRequest& scan) {
  if (task.status != TaskStatus::open) return {ScanOutcome::task_closed, 0, "the task is not open"};
  ScanDecision decision{ScanOutcome::wrong_goods, 0, unknown_goods(scan.barcode)};
  for (std::size_t i = 0; i < task.lines.size(); ++i) {
    const auto& line = task.lines[i];
    if (!is_same_goods_code(line.barcode, scan.barcode)) continue;
    auto left = left_of(line);
    if (line.bin != scan.bin) {
      decision.detail = "barcode " + line.barcode + " is to be picked from bin " + line.bin;
    } else if (scan.quantity > left) {
      decision.detail = std::to_string(left) + " of barcode " + line.barcode + " are left to pick";
    } else {
      return {ScanOutcome::picked, i, {}};
    }
  }
  return decision;
}

ShortDecision decide_short(const PickTask& task, const ShortRequest& report) {
  if (task.status != TaskStatus::open) return {ShortOutcome::task_closed, 0, "the task is not open"};
  ShortDecision decision{ShortOutcome::wrong_goods, 0, unknown_goods(report.barcode)};
  for (std::size_t i = 0; i < task.lines.size(); ++i) {
    const auto& line = task.lines[i];
    if (!is_same_goods_code(line.barcode, report.barcode)) continue;
    auto left = left_of(line);
    if (line.bin != report.bin) {
      if (decision.outcome == ShortOutcome::wrong_goods)
        decision.detail = "barcode " + line.barcode + " is to be picked from bin " + line.bin;
    } else if (report.quantity > left) {
      decision = {ShortOutcome::not_left, i,
                  std::to_string(left) + " of barcode " + line.barcode + " are left to pick in bin " +
                      line.bin};
    } else {
      return {ShortOutcome::recorded, i, {}};
    }
  }
  return decision;
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
