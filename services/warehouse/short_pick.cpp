// Fewer goods than a task says. The fact is recorded at once and whatever was promised: the units leave the
// task and the shelf, the order is told, and it answers with what becomes of them.
#include "base/error.h"
#include "services/warehouse/warehouse_service.h"

namespace bramble::warehouse {

Task<ShortReply> WarehouseService::report_short(Call call, ShortRequest request) {
  co_return co_await database_.transact(call, request.task_id.text(),
                                        [&](Tx& tx) { return report_short_in(tx, call, request); });
}

ShortReply WarehouseService::report_short_in(Tx& tx, const Call& call, const ShortRequest& request) {
  if (request.reason == ShortReason::called_off)
    throw_invalid("reason", "not_allowed", "one of not_found, damaged, wrong_goods_in_bin");
  auto task = task_for(tx, call, request.task_id);
  if (auto earlier = picks_.find_short(tx, request.short_id)) {
    auto told = request;
    told.at.reset();
    bool same = *earlier == told;
    return {same ? ShortOutcome::recorded : ShortOutcome::short_reused, std::move(task),
            same ? "" : "short pick " + request.short_id + " had other contents"};
  }
  auto verdict = judge_short(task, request);
  if (verdict.outcome != ShortOutcome::task_closed && !may_work_on(tx, call, task, request.at))
    return {ShortOutcome::task_taken, std::move(task), "somebody else is working on the task"};
  if (verdict.outcome != ShortOutcome::recorded) return {verdict.outcome, std::move(task), verdict.detail};
  auto& line = task.lines[verdict.line];
  Move move{task.site_id, line.sku_id, line.bin, request.quantity, request.short_id, call.caller.id};
  if (request.reason == ShortReason::damaged) {
    goods_.quarantine(tx, move);
  } else {
    goods_.write_off(tx, move);
  }
  picks_.add_short(tx, request, verdict.line, task, call.caller.id,
                   bounded_device_time(request.at, tx.now(), settings_.late_scans_for));
  line.missing += request.quantity;
  keep_claim(tx, call, task);
  begin_assembly(tx, task.order_id);
  tx.publish(PickShort{task.order_id, request.short_id, task.task_id, task.site_id, line.sku_id,
                       request.quantity, request.reason, tx.now()});
  if (is_all_picked(task) && !has_picked(task)) {
    picks_.cancel_task(tx, task.task_id);
    task.status = TaskStatus::cancelled;
  }
  return {ShortOutcome::recorded, std::move(task), {}};
}

// The books have fewer goods than were sold: nobody needs to look for the rest. The order is told as if a
// worker had looked, so it does not stay paid for goods that never come.
void WarehouseService::report_unbacked(Tx& tx, const PickTask& task, std::size_t line) {
  const auto& wanted = task.lines[line];
  ShortRequest report{task.task_id,
                      "books-" + task.task_id.text() + "-" + std::to_string(line),
                      "",
                      "",
                      wanted.quantity,
                      ShortReason::not_found};
  picks_.add_short(tx, report, line, task, "orders");
  tx.publish(PickShort{task.order_id, report.short_id, task.task_id, task.site_id, wanted.sku_id,
                       wanted.quantity, report.reason, tx.now()});
}

// Orders has decided: what comes from another site is a task there, the rest nobody waits for.
void WarehouseService::on_short_decided(Tx& tx, const orders::PickShortDecided& event) {
  if (!picks_.decide_short(tx, event.order_id, event.short_id)) return;
  add_tasks(tx, event.order_id, event.replacements);
  finish_if_packed(tx, event.order_id);
}

// The order is complete when every task is closed and nothing more will come for it.
void WarehouseService::finish_if_packed(Tx& tx, const OrderId& order) {
  auto tasks = picks_.tasks_of(tx, order);
  AssemblyComplete complete{order, {}};
  bool any_short = false;
  for (const auto& task : tasks) {
    if (task.status == TaskStatus::open) return;
    any_short = any_short || has_missing(task);
    if (task.package_barcode) complete.package_barcodes.push_back(*task.package_barcode);
  }
  if (any_short && picks_.has_undecided(tx, order)) return;
  if (complete.package_barcodes.empty()) {
    picks_.put_order(tx, order, PickState::cancelled);
    return;
  }
  picks_.put_order(tx, order, PickState::packed);
  tx.publish(complete);
}

}  // namespace bramble::warehouse
