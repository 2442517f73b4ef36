#include "services/warehouse/picking/short_pick_reports.h"

#include "base/error.h"
#include "services/warehouse/picking/pick_rules.h"

namespace bramble::warehouse {

Task<ShortReply> ShortPickReports::report_short(Call call, ShortRequest request) {
  if (request.reason == ShortReason::called_off)
    throw_invalid("reason", "not_allowed", "one of not_found, damaged, wrong_goods_in_bin");
  co_return co_await database_.transact(call, request.task_id.text(),
                                        [&](Tx& tx) { return report_in(tx, call, request); });
}

ShortReply ShortPickReports::report_in(Tx& tx, const Call& call, const ShortRequest& request) const {
  auto task = claims_.task_for(tx, call, request.task_id);
  if (auto earlier = picks_.find_short(tx, request.short_id)) {
    auto repeated = request;
    repeated.at.reset();
    bool same = *earlier == repeated;
    return {same ? ShortOutcome::recorded : ShortOutcome::short_reused, std::move(task),
            same ? "" : "short pick " + request.short_id + " had other contents"};
  }
  auto decision = decide_short(task, request);
  if (decision.outcome != ShortOutcome::task_closed && !claims_.may_work_on(tx, call, task, request.at))
    return {ShortOutcome::task_taken, std::move(task), "somebody else is working on the task"};
  if (decision.outcome != ShortOutcome::recorded) return {decision.outcome, std::move(task), decision.detail};
  // The order hears that its assembly starts before it hears what is missing.
  orders_.start_assembly(tx, task.order_id);
  take_off(tx, call, task, decision.line, request);
  claims_.keep(tx, call, task);
  if (is_all_picked(task) && !has_picked(task)) {
    picks_.cancel_task(tx, task.task_id);
    task.status = TaskStatus::cancelled;
  }
  return {ShortOutcome::recorded, std::move(task), {}};
}

// Damaged goods stay on hand, in quarantine; all others are written off.
void ShortPickReports::take_off(Tx& tx, const Call& call, PickTask& task, std::size_t at,
                                const ShortRequest& request) const {
  auto& line = task.lines[at];
  Move move{task.site_id, line.sku_id, line.bin, request.quantity, request.short_id, call.caller.id};
  if (request.reason == ShortReason::damaged) {
    goods_.quarantine(tx, move);
  } else {
    goods_.write_off(tx, move);
  }
  picks_.add_short(tx, request, at, task, call.caller.id, claims_.recorded_time(tx, request.at));
  line.missing += request.quantity;
  tx.publish(PickShort{task.order_id, request.short_id, task.task_id, task.site_id, line.sku_id,
                       request.quantity, request.reason, tx.now()});
}

void ShortPickReports::on_short_decided(Tx& tx, const orders::PickShortDecided& event) const {
  if (!picks_.mark_decided(tx, event.order_id, event.short_id)) return;
  orders_.add_tasks(tx, event.order_id, event.replacements);
  orders_.complete_if_packed(tx, event.order_id);
}

}  // namespace bramble::warehouse
