#include "services/warehouse/picking/unit_cancellation.h"

#include <algorithm>

#include "base/error.h"
#include "services/warehouse/picking/pick_rules.h"

namespace bramble::warehouse {
namespace {

// Units of a line that are cancelled.
struct Stop {
  std::size_t task = 0;
  std::size_t line = 0;
  std::int64_t quantity = 0;
};

// Only units that nobody has picked: what lies in a worker's bag goes into the parcel all the same. Nothing
// if there are too few.
std::optional<std::vector<Stop>> stops_for(const std::vector<PickTask>& tasks,
                                           const StopUnitsRequest& request) {
  std::vector<Stop> stops;
  for (const auto& unit : request.units) {
    auto left = unit.quantity;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (tasks[i].status != TaskStatus::open) continue;
      for (std::size_t j = 0; j < tasks[i].lines.size() && left > 0; ++j) {
        const auto& line = tasks[i].lines[j];
        if (line.sku_id != unit.sku_id) continue;
        auto part = std::min(left, line.quantity - line.picked - line.missing);
        if (part > 0) stops.push_back({i, j, part});
        left -= part;
      }
    }
    if (left > 0) return std::nullopt;
  }
  return stops;
}

}  // namespace

Task<StopUnitsReply> UnitCancellation::stop_units(Call call, StopUnitsRequest request) {
  if (request.stop_id.empty() || request.units.empty()) throw_invalid("units", "required", "at least one");
  co_return co_await database_.transact(call, request.order_id.text(),
                                        [&](Tx& tx) { return stop_in(tx, call, request); });
}

StopUnitsReply UnitCancellation::stop_in(Tx& tx, const Call& call, const StopUnitsRequest& request) const {
  auto stop_id = [&](std::size_t number) { return request.stop_id + "." + std::to_string(number + 1); };
  if (picks_.find_short(tx, stop_id(0))) return {StopUnitsOutcome::stopped};
  auto state = picks_.find_order(tx, request.order_id);
  if (!state) throw Error(ErrorCode::unavailable, "not_yet", "the order is not known here yet");
  auto tasks = picks_.tasks_of(tx, request.order_id);
  auto stops = stops_for(tasks, request);
  if (!stops) return {StopUnitsOutcome::packed};
  for (std::size_t number = 0; number < stops->size(); ++number) {
    const auto& stop = (*stops)[number];
    call_off(tx, call, tasks[stop.task], stop.line, stop.quantity, stop_id(number));
  }
  orders_.start_assembly(tx, request.order_id);
  for (auto& task : tasks) {
    if (task.status != TaskStatus::open || !is_all_picked(task) || has_picked(task)) continue;
    picks_.cancel_task(tx, task.task_id);
  }
  return {StopUnitsOutcome::stopped};
}

void UnitCancellation::call_off(Tx& tx, const Call& call, PickTask& task, std::size_t at,
                                std::int64_t quantity, const std::string& stop_id) const {
  auto& line = task.lines[at];
  goods_.unreserve(tx, {task.site_id, line.sku_id, line.bin, quantity, stop_id, call.caller.id});
  picks_.add_short(
      tx, {task.task_id, stop_id, line.bin, line.barcode, quantity, ShortReason::called_off, std::nullopt},
      at, task, call.caller.id);
  line.missing += quantity;
  tx.publish(PickShort{task.order_id, stop_id, task.task_id, task.site_id, line.sku_id, quantity,
                       ShortReason::called_off, tx.now()});
}

}  // namespace bramble::warehouse
